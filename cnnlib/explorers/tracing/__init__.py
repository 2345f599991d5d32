"""`TracingExplorer`: a `tf.function` is called, and makes a graph or finds one."""

import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Place, Switch

ARGUMENTS = {
    "tf.ones([8, 8])": ("float32", [8, 8]),
    "tf.ones([16, 16])": ("float32", [16, 16]),
    "tf.ones([8, 8], tf.int32)": ("int32", [8, 8]),
    "tf.constant(1.0)": ("float32", []),
    "tf.constant(2.0)": ("float32", []),
    "1": ("Python", 1),
    "2": ("Python", 2),
}
"""What a function is called with: the code, and the type and shape of a tensor or the value of a
Python number."""


class TracingExplorer(Explorer):
    """Calls of one `tf.function`, and the graph that each of them runs.

    Chapter "TensorFlow in one sitting".
    """

    declared_signature = Switch(
        "input_signature: any size",
        False,
        "whether the function declares float32 matrices of any size",
    )
    argument = Place(
        traitlets.Int(0), "number of the argument that the next call gets, counted from 0", 0
    )
    calls = Place(
        traitlets.List(traitlets.Int()), "numbers of the arguments of the calls so far", []
    )
    arguments = Data(lambda: [[code, *kind] for code, kind in ARGUMENTS.items()])

    def compute(self):
        """Ask a `tf.function` for its graphs.

        Returns:
            For each call the number of the graph that runs, counted from 1, or None where
            TensorFlow refuses the call.
        """
        import tensorflow as tf

        signature = [tf.TensorSpec([None, None])] if self.declared_signature else None
        f = tf.function(lambda argument: argument, input_signature=signature, autograph=False)
        graphs, ran = [], []
        for number in self.calls:
            kind, value = list(ARGUMENTS.values())[number]
            try:  # A call would find the same graph, and warn of the many traces that this shows.
                graph = f.get_concrete_function(value if kind == "Python" else tf.ones(value, kind))
            except (TypeError, ValueError):
                ran.append(None)
                continue
            if graph not in graphs:
                graphs.append(graph)
            ran.append(graphs.index(graph) + 1)
        return ran

    def figure(self):
        """Draw which graph each of the kinds of arguments needs."""
        from cnnlib import plots

        one_each = type(self)(calls=list(range(len(ARGUMENTS)))).compute()
        figure = plots.spans([(graph - 1, graph) for graph in one_each], "graphs")
        kinds = ", ".join(
            f"{code} {graph}" for code, graph in zip(ARGUMENTS, one_each, strict=True)
        )
        return plots.show(figure, f"The graph that each argument needs: {kinds}")

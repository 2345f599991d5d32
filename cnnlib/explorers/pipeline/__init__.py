"""`PipelineExplorer`: how often each step of a `tf.data` pipeline runs, by the cache's place."""

from collections import Counter

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

STEPS = ("read", "prepare", "shuffle", "vary", "batch")
PICTURES, BATCH = 1221, 64


class PipelineExplorer(Explorer):
    """The steps of a pipeline, a cache among them, and how often each runs.

    Chapter "TensorFlow in one sitting". 1,221 pictures in batches of 64.
    """

    cache = Slider("Cache behind step", 0, len(STEPS), 2, "steps in front of the cache; 0: none")
    epochs = Slider("Epochs", 1, 5, 3, "times that all batches are fetched")

    def compute(self):
        """Run the pipeline in TensorFlow and count.

        Returns:
            How often each step ran, as a dict.
        """
        import tensorflow as tf

        ran = Counter()

        def counted(step):
            def note(value):
                ran[step] += 1
                return value

            return lambda value: tf.numpy_function(note, [value], tf.int64)

        stream = tf.data.Dataset.range(PICTURES)
        for number, step in enumerate(STEPS, 1):
            if step == "shuffle":
                stream = stream.shuffle(PICTURES, seed=0)
            if step == "batch":
                stream = stream.batch(BATCH)
            stream = stream.map(counted(step))
            if number == self.cache:
                stream = stream.cache()
        for _ in range(self.epochs):
            for _ in stream:
                pass
        return {step: ran[step] for step in STEPS}

    def figure(self):
        """Draw how often each step runs."""
        from matplotlib.figure import Figure

        from cnnlib import plots

        ran = self.compute()
        with plots.style():
            figure = Figure(figsize=(7, 2.2))
            figure.subplots().barh(list(ran)[::-1], list(ran.values())[::-1], color=plots.ACCENT)
        counts = ", ".join(f"{step} {count:,}" for step, count in ran.items())
        return plots.show(figure, f"How often each step runs: {counts}")

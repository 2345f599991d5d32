"""`CardMemoryExplorer`: what `analyze` predicts for a step, and what a card's step takes."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

POLICIES = {"float32": "float32", "mixed_float16": "mixed float16"}


def steps():
    """Return the GB of a step with 64 pictures.

    Returns:
        A dict from a policy to a list of dicts, one for each network: its "name", and its memory
        "predicted" and "measured".
    """
    from cnnlib import experiments
    from cnnlib.experiments.card_steps import PREDICTED

    measured = experiments.results("card_steps").groupby("variant")["memory"].mean()
    return {
        policy: [
            {
                "name": network,
                "predicted": predicted[place],
                "measured": float(measured[f"{network}, {policy}"]),
            }
            for network, predicted in PREDICTED.items()
        ]
        for place, policy in enumerate(POLICIES)
    }


class CardMemoryExplorer(Explorer):
    """The memory of a training step on a graphics card, predicted and measured.

    Chapter "More than one device". The numbers were measured; see the experiment "card_steps".
    """

    policy = Choice("Numbers", POLICIES, "float32", "what the layers compute with")
    network = Slider("Network", 1, 7, 5, "which of them is marked")
    steps = Data(steps)

    def compute(self):
        """Return what the marked network's step takes over what is predicted."""
        one = self.steps[self.policy][self.network - 1]
        return one["measured"] / one["predicted"]

    def figure(self):
        """Draw both for every network."""
        from cnnlib import plots

        series = {
            which: {one["name"]: [one[which]] for one in self.steps[self.policy]}
            for which in ("predicted", "measured")
        }
        figure = plots.seeds(series, "", "GB of a step", log=True)
        return plots.show(figure, f"Memory in {POLICIES[self.policy]}, predicted and measured")

"""`TimelineExplorer`: from the visual cortex to the networks of today."""

from typing import NamedTuple

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Player

KINDS = ("brains", "networks", "machines")
IDEAS = (
    "small windows",
    "levels",
    "the same weights everywhere",
    "coarser maps",
    "learned by backpropagation",
)
"""The ideas of which convolutional networks are made, numbered from 1."""


class Event(NamedTuple):
    """One event: year, kind, ideas, title, what it was, its source, and the name of its drawing.

    Its ideas are the numbers of those that it found, in brains or for networks.
    """

    year: int
    kind: str
    ideas: tuple[int, ...]
    title: str
    text: str
    source: str
    drawing: str


EVENTS = (
    Event(
        1958,
        "brains",
        (),
        "First recordings",
        "David Hubel and Torsten Wiesel begin to record single neurons in the visual cortex of the "
        "cat while they show it spots and bars of light.",
        "Hubel & Wiesel, Neuron 20, 1998, look back on it",
        "cell",
    ),
    Event(
        1959,
        "brains",
        (1,),
        "Receptive fields",
        "A neuron answers to a small part of the visual field, and many answer best to a bar of "
        "one orientation.",
        "Hubel & Wiesel, Journal of Physiology 148, 1959",
        "bar",
    ),
    Event(
        1962,
        "brains",
        (2,),
        "Simple and complex cells",
        "Simple cells answer to a bar in one place. Complex cells answer to it anywhere in a "
        "larger field, as if each collected the answers of many simple ones.",
        "Hubel & Wiesel, Journal of Physiology 160, 1962",
        "levels",
    ),
    Event(
        1968,
        "brains",
        (1, 2),
        "The monkey's cortex",
        "The same order in the monkey: fields of neighbouring neurons overlap and tile the visual "
        "field, and neurons further up combine those below.",
        "Hubel & Wiesel, Journal of Physiology 195, 1968",
        "tiles",
    ),
    Event(
        1980,
        "networks",
        (3, 4),
        "Neocognitron",
        "Kunihiko Fukushima alternates layers that look for the same patterns everywhere with "
        "layers that make the map coarser. The patterns are learned without a teacher.",
        "Fukushima, Biological Cybernetics 36, 1980",
        "stack",
    ),
    Event(
        1981,
        "brains",
        (),
        "Nobel Prize",
        "Hubel and Wiesel are honoured for their discoveries about visual information processing; "
        "Roger Sperry has the other half of the prize.",
        "The Nobel Prize in Physiology or Medicine 1981",
        "bar",
    ),
    Event(
        1987,
        "networks",
        (3, 5),
        "Time-delay network",
        "Alexander Waibel's network recognises phonemes with the same weights at every moment, a "
        "convolution in one dimension, and learns them by backpropagation.",
        "Waibel, 1987; Waibel et al., IEEE Transactions on ASSP 37, 1989",
        "shared",
    ),
    Event(
        1989,
        "networks",
        (5,),
        "ZIP codes",
        "Yann LeCun and colleagues learn the kernels for pictures by backpropagation, and read "
        "handwritten ZIP codes. In the system before it kernels were designed by hand.",
        "LeCun et al., Neural Computation 1, 1989",
        "learned",
    ),
    Event(
        1990,
        "networks",
        (4,),
        "Max pooling over time",
        "Kouichi Yamaguchi and colleagues keep the largest answer over time, for isolated words "
        "spoken by anyone; Hampshire and Waibel publish a variant in two dimensions.",
        "Yamaguchi et al., ICSLP 1990; Hampshire & Waibel, NIPS 2, 1990",
        "pool",
    ),
    Event(
        1996,
        "machines",
        (),
        "Deep Blue wins a game",
        "A chess computer wins one game against the world champion, and loses the match.",
        "Campbell, Hoane & Hsu, Artificial Intelligence 134, 2002",
        "chess",
    ),
    Event(
        1997,
        "machines",
        (),
        "Deep Blue wins a match",
        "In May the improved machine wins the rematch, by searching, with features of the game "
        "that people have designed.",
        "Campbell, Hoane & Hsu, Artificial Intelligence 134, 2002",
        "chess",
    ),
    Event(
        1998,
        "networks",
        (),
        "LeNet-5",
        "Seven layers and 60,000 trained numbers read the amounts on cheques.",
        "LeCun, Bottou, Bengio & Haffner, Proceedings of the IEEE 86, 1998",
        "stack",
    ),
    Event(
        2004,
        "machines",
        (),
        "Networks on graphics cards",
        "Kyoung-Su Oh and Keechul Jung run a neural network on a GPU, 20 times as fast as on the "
        "processor.",
        "Oh & Jung, Pattern Recognition 37, 2004",
        "speed",
    ),
    Event(
        2012,
        "networks",
        (),
        "AlexNet",
        "Eight layers, trained on two graphics cards, read photographs. Seven networks like it, "
        "averaged, win the ImageNet challenge: 15.3 % top-5 error against 26.2 %.",
        "Krizhevsky, Sutskever & Hinton, NIPS 25, 2012",
        "stack",
    ),
    Event(
        2015,
        "networks",
        (),
        "ResNet",
        "Shortcuts let networks of 152 layers be trained on ImageNet; an ensemble of residual "
        "networks of several depths wins the challenge.",
        "He, Zhang, Ren & Sun, CVPR 2016 (arXiv December 2015)",
        "shortcut",
    ),
    Event(
        2017,
        "networks",
        (),
        "SENet",
        "Networks that weigh their own maps win the last ImageNet challenge for classification: "
        "2.25 % top-5 error.",
        "Hu, Shen & Sun, CVPR 2018 (arXiv September 2017)",
        "gates",
    ),
    Event(
        2020,
        "networks",
        (),
        "Vision Transformer",
        "A picture is cut into patches of 16×16 pixels, and all of them look at each other. With "
        "300 million pictures to learn from it does as well as the best convolutional networks.",
        "Dosovitskiy et al., ICLR 2021 (arXiv October 2020)",
        "patches",
    ),
    Event(
        2022,
        "networks",
        (),
        "ConvNeXt",
        "A ResNet with what was learned from transformers, built of convolutions alone, is as "
        "good as they are on ImageNet.",
        "Liu et al., CVPR 2022",
        "stack",
    ),
    Event(
        2023,
        "networks",
        (),
        "As good at equal cost",
        "Convolutional networks trained on up to four billion labelled pictures match vision "
        "transformers that had as much computing.",
        "Smith, Brock, Berrada & De, arXiv 2310.16764, 2023",
        "equal",
    ),
)


class TimelineExplorer(Explorer):
    """Events on the way to convolutional networks, each with its source.

    Chapter "From the visual cortex to CNNs".
    """

    kind = Choice(
        "Show",
        {"all": "everything", "ideas": "the five ideas", **{kind: kind for kind in KINDS}},
        "all",
        "the events that are shown; the others turn pale",
    )
    event = Player("Through the years", "last_event", "the chosen event", 0, interval=2500)
    last_event = Data(lambda: len(EVENTS) - 1)
    events = Data(lambda: [event._asdict() for event in EVENTS])
    kinds = Data(lambda: list(KINDS))
    ideas = Data(lambda: list(IDEAS))

    def compute(self):
        """Collect the events that are shown.

        Returns:
            A list of `Event`.
        """
        return [
            event
            for event in EVENTS
            if self.kind in ("all", event.kind) or (self.kind == "ideas" and event.ideas)
        ]

    def figure(self):
        """Draw the axis with its events.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        events = self.compute()
        with plots.style():
            figure = Figure(figsize=(7.5, 5))
            axis = figure.subplots()
            for height, event in enumerate(events):
                axis.plot(event.year, -height, "o", color=plots.ACCENT)
                late = event.year > 1990
                axis.annotate(
                    f"{event.year} {event.title}",
                    (event.year, -height),
                    (-8 if late else 8, -4),
                    textcoords="offset points",
                    ha="right" if late else "left",
                    fontsize=8,
                )
            axis.set(yticks=[], xlabel="year")
        listed = "; ".join(f"{event.year} {event.title}" for event in events)
        return plots.show(figure, f"Timeline: {listed or 'no events'}")

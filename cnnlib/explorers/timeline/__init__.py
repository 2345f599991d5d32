"""`TimelineExplorer`: from the visual cortex to networks with a hundred layers."""

from typing import NamedTuple

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Player, Slider

KINDS = ("brains", "ideas", "networks", "machines")


class Event(NamedTuple):
    """One event: year, kind, title, what it was, its source, and the name of its drawing."""

    year: int
    kind: str
    title: str
    text: str
    source: str
    drawing: str


EVENTS = (
    Event(
        1958,
        "brains",
        "First recordings",
        "David Hubel and Torsten Wiesel begin to record single neurons in the visual cortex of the "
        "cat while they show it spots and bars of light.",
        "Hubel, American Journal of Ophthalmology 1958; Hubel & Wiesel, Journal of Physiology 1959",
        "cell",
    ),
    Event(
        1959,
        "brains",
        "Receptive fields",
        "A neuron answers to a small part of the visual field only, and best to a bar of one "
        "orientation.",
        "Hubel & Wiesel, Journal of Physiology 148, 1959",
        "bar",
    ),
    Event(
        1968,
        "brains",
        "The monkey's cortex",
        "Fields of neighbouring neurons overlap and tile the visual field; neurons further up "
        "combine those below.",
        "Hubel & Wiesel, Journal of Physiology 195, 1968",
        "tiles",
    ),
    Event(
        1980,
        "ideas",
        "Neocognitron",
        "Kunihiko Fukushima stacks layers that look for patterns everywhere on layers that make "
        "the map coarser: convolution and downsampling.",
        "Fukushima, Biological Cybernetics 36, 1980",
        "stack",
    ),
    Event(
        1981,
        "brains",
        "Nobel Prize",
        "Hubel and Wiesel share the Nobel Prize in Physiology or Medicine for their discoveries "
        "about visual information processing.",
        "The Nobel Prize in Physiology or Medicine 1981",
        "bar",
    ),
    Event(
        1987,
        "ideas",
        "Weights shared over time",
        "Alexander Waibel's time-delay network recognises phonemes with the same weights at every "
        "moment: a convolution in one dimension.",
        "Waibel, 1987; Waibel et al., IEEE Transactions on ASSP 37, 1989",
        "shared",
    ),
    Event(
        1989,
        "networks",
        "ZIP codes",
        "Yann LeCun and colleagues learn the kernels themselves by backpropagation, and read "
        "handwritten ZIP codes.",
        "LeCun et al., Neural Computation 1, 1989",
        "learned",
    ),
    Event(
        1990,
        "ideas",
        "Max pooling over time",
        "Kouichi Yamaguchi and colleagues keep the largest answer over time, for isolated words "
        "spoken by anyone; Hampshire and Waibel publish a variant in two dimensions.",
        "Yamaguchi et al., ICSLP 1990; Hampshire & Waibel, NIPS 2, 1990",
        "pool",
    ),
    Event(
        1996,
        "machines",
        "Deep Blue wins a game",
        "A chess computer wins one game against the world champion, and loses the match.",
        "Campbell, Hoane & Hsu, Artificial Intelligence 134, 2002",
        "chess",
    ),
    Event(
        1997,
        "machines",
        "Deep Blue wins a match",
        "In May the improved machine wins the rematch, by searching, not by learning.",
        "Campbell, Hoane & Hsu, Artificial Intelligence 134, 2002",
        "chess",
    ),
    Event(
        1998,
        "networks",
        "LeNet-5",
        "Seven layers and 60,000 trained numbers read the amounts on cheques.",
        "LeCun, Bottou, Bengio & Haffner, Proceedings of the IEEE 86, 1998",
        "stack",
    ),
    Event(
        2004,
        "machines",
        "Networks on graphics cards",
        "Kyoung-Su Oh and Keechul Jung run a neural network on a GPU, 20 times as fast as on the "
        "processor.",
        "Oh & Jung, Pattern Recognition 37, 2004",
        "speed",
    ),
    Event(
        2012,
        "networks",
        "AlexNet",
        "Eight layers on two graphics cards, trained on 1.2 million photographs, win the ImageNet "
        "challenge by a wide margin: 15.3 % top-5 error against 26.2 %.",
        "Krizhevsky, Sutskever & Hinton, NIPS 25, 2012",
        "stack",
    ),
    Event(
        2015,
        "networks",
        "ResNet",
        "Shortcuts make networks of over 100 layers trainable; 152 of them win the challenge.",
        "He, Zhang, Ren & Sun, CVPR 2016 (arXiv December 2015)",
        "shortcut",
    ),
)


class TimelineExplorer(Explorer):
    """Events on the way to convolutional networks, each with its source.

    Chapter "From the visual cortex to CNNs".
    """

    kind = Choice(
        "Show",
        {"all": "everything", **{kind: kind for kind in KINDS}},
        "all",
        "the kind of events that is shown; the others turn pale",
    )
    since = Slider("Since", 1955, 2005, 1955, "the first year of the axis")
    event = Player("Through the years", "last_event", "the chosen event", 1)
    last_event = Data(lambda: len(EVENTS) - 1)
    events = Data(lambda: [event._asdict() for event in EVENTS])
    kinds = Data(lambda: list(KINDS))

    def compute(self):
        """Return the events of the present kind and years.

        Returns:
            A list of `Event`.
        """
        return [
            event
            for event in EVENTS
            if event.year >= self.since and self.kind in ("all", event.kind)
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
            figure = Figure(figsize=(7.5, 4.4))
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

"""`FeedingExplorer`: two epochs of an input pipeline and of the device that it feeds."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

CACHED = {"none": 0, "decoded": 2, "augmented": 3}
"""Where the cache is -> how many of the steps it spares: read, decode, augment."""


def runs():
    """Return what the experiment "pipelines" has measured with the device elsewhere.

    Returns:
        A list by seed of dicts: "spans", milliseconds to read, to decode and to augment, a list
        for each batch; and "ratios", by what helped, an epoch's time over the plain one's.
    """
    from cnnlib import experiments

    stored = experiments.results("pipelines")
    stored = stored[stored["variant"].str.endswith(", elsewhere")]
    return [
        {
            "spans": [batch[:3] for batch in run["spans"].dropna().iloc[0]],
            "ratios": {
                name.removesuffix(", elsewhere"): ratio
                for name, ratio in zip(run["variant"], run["ratio"], strict=True)
            },
        }
        for _, run in stored.groupby("seed")
    ]


class FeedingExplorer(Explorer):
    """When batches are prepared, and when the device trains on them or waits.

    Chapter "More than one device". Spans that were measured one by one are put on a time line: a
    batch is begun when the one before is ready and the buffer has room, workers share its pictures
    evenly, and what the cache holds takes no time in the second epoch.
    """

    workers = Slider("Workers", 1, 4, 1, "`num_parallel_calls` of `map`")
    ahead = Slider("Batches ahead", 0, 3, 0, "`prefetch`; 0: none")
    cache = Choice(
        "Cache",
        {"none": "none", "decoded": "behind decoding", "augmented": "behind augmenting"},
        "none",
        "where `cache` stands",
    )
    train = Slider("Device, ms a batch", 5, 60, 15, "how long the device takes", step=5)
    seed = Slider("Seed", 0, 4, 2, "which run's spans are used; 2 is the middle one of the five")
    runs = Data(runs)

    def compute(self):
        """Put the batches of two epochs on a time line.

        Returns:
            For each epoch a list: when each batch's preparation begins, when it ends, and when the
            device begins with it, in milliseconds.
        """
        epochs = []
        for epoch in (1, 2):
            spared = CACHED[self.cache] if epoch > 1 else 0
            batches, busy = [], 0.0
            for number, spans in enumerate(self.runs[self.seed]["spans"]):
                free = batches[-1][1] if batches else 0.0
                room = busy
                if self.ahead:
                    room = batches[number - self.ahead][2] if number >= self.ahead else 0.0
                begin = max(free, room)
                end = begin + sum(spans[spared:]) / self.workers
                batches.append((begin, end, max(end, busy)))
                busy = batches[-1][2] + self.train
            epochs.append(batches)
        return epochs

    def figure(self):
        """Draw when the device trains in both epochs."""
        from cnnlib import plots

        spans = [(start, start + self.train) for epoch in self.compute() for _, _, start in epoch]
        return plots.show(
            plots.spans(spans, "milliseconds"), "When the device trains, batch by batch"
        )

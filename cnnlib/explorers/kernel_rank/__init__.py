"""`KernelRankExplorer`: the kernels that read one map, made of few patterns."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


def kernels():
    """Return the kernels of a trained plain layer, float32 [3, 3, 8 maps in, 16 maps out]."""
    from cnnlib import trained

    return trained.model("vgg").get_layer("block2_conv1").get_weights()[0]


def _patterns():
    """Return for each map in the patterns [9][9] and how much of each the 16 kernels hold."""
    left, sizes, right = np.linalg.svd(kernels().transpose(2, 0, 1, 3).reshape(8, 9, 16), False)
    shares = sizes[..., np.newaxis] * right
    return {
        "patterns": left.transpose(0, 2, 1).round(4).tolist(),
        "shares": shares.round(4).tolist(),
    }


class KernelRankExplorer(Explorer):
    """Sixteen 3x3 kernels of a trained layer that read the same map, and their best copies.

    Chapter "Xception". The copies are sums of a few patterns that all sixteen share: the singular
    value decomposition of the block, cut off. The layer is the third of the small VGG of the pages.
    """

    rank = Slider("Patterns", 1, 9, 1, "3x3 patterns of which the kernels are made")
    channel = Slider("Map that is read", 0, 7, 0, "counted from 0")
    block = Data(_patterns)

    def compute(self):
        """Return the share of the squared weights that the copies keep, by NumPy."""
        block = kernels()[:, :, self.channel].reshape(9, 16)
        sizes = np.linalg.svd(block, compute_uv=False) ** 2
        return float(sizes[: self.rank].sum() / sizes.sum())

    def figure(self):
        """Draw the share kept by the number of patterns."""
        from cnnlib import plots

        ranks = np.arange(1, 10)
        shares = {
            f"map {channel}": [
                100 * KernelRankExplorer(rank=int(rank), channel=channel).compute()
                for rank in ranks
            ]
            for channel in (0, 7)
        }
        figure = plots.curves(ranks, shares, "patterns")
        return plots.show(figure, "Share of the squared weights, in %, that few patterns keep")

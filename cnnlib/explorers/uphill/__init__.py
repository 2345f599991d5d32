"""`UphillExplorer`: noise becomes the picture to which a kernel answers most strongly."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

SIDE, RATE = 24, 5.0
KERNELS = {
    "sobel_x": "Sobel, across",
    "sobel_y": "Sobel, down",
    "laplacian": "Laplacian",
    "vertical_line": "vertical line",
}


def kernel(name):
    """Return a kernel scaled to the length of Sobel's, float32 [size, size]."""
    length = np.linalg.norm(filters.sobel_x())
    weights = filters.named(name)
    return (weights * length / np.linalg.norm(weights)).astype("float32")


def noise():
    """Return the picture to begin with, float32 [24, 24], its mean square 1."""
    values = np.random.default_rng(0).normal(size=(SIDE, SIDE))
    return (values / np.sqrt((values**2).mean())).round(3).astype("float32")


class UphillExplorer(Explorer):
    """A picture that climbs to where the mean of a kernel's squared answers is largest.

    Chapter "TensorFlow in one sitting". After each step the picture is scaled to a mean
    square of 1; the kernels have one length, that of Sobel's.
    """

    kernel = Choice("Kernel", KERNELS, "sobel_x", "what the picture is to please")
    step = Slider("Steps uphill", 0, 20, 0, "how often the picture has been changed")
    weights = Data(lambda: {name: kernel(name).tolist() for name in KERNELS})
    noise = Data(lambda: noise().tolist())

    def compute(self):
        """Climb with TensorFlow.

        Returns:
            The picture, float32 [24, 24], and the mean of the squared answers to it.
        """
        import tensorflow as tf

        weights = kernel(self.kernel)[:, :, np.newaxis, np.newaxis]
        canvas = tf.Variable(noise()[np.newaxis, :, :, np.newaxis])

        def pleasure():
            return tf.reduce_mean(tf.nn.conv2d(canvas, weights, 1, "VALID") ** 2)

        for _ in range(self.step):
            with tf.GradientTape() as tape:
                value = pleasure()
            canvas.assign_add(RATE * tape.gradient(value, canvas))
            canvas.assign(canvas / tf.sqrt(tf.reduce_mean(canvas**2)))
        return canvas[0, :, :, 0].numpy(), float(pleasure())

    def figure(self):
        """Draw the kernel, the noise and what becomes of it."""
        from cnnlib import plots

        weights = kernel(self.kernel)
        top, _ = type(self)(kernel=self.kernel, step=20).compute()
        panels = [("kernel", weights), ("noise", noise()), ("step 20", top)]
        return plots.show(plots.pictures(panels, signed=True), "A kernel, noise, and stripes")

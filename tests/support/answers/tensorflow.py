import numpy as np

from answers import Answers


def im2col(image, k):
    rows, columns = image.shape
    corners = [(i, j) for i in range(rows - k + 1) for j in range(columns - k + 1)]
    return np.stack([image[i : i + k, j : j + k].ravel() for i, j in corners])


def by_fft(image, kernel, conjugate=np.conj):
    product = np.fft.fft2(image) * conjugate(np.fft.fft2(kernel, s=image.shape))
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    return np.fft.ifft2(product).real[:rows, :columns]


ANSWERS = {
    "traces": Answers(right=4, wrong=[6, 2, 3, 1]),
    "batches": Answers(right=(29, 5), wrong=[(28, 64), (29, 64), (28, 5)]),
    "relu": Answers(right=1 / 8, wrong=[1 / 4, 1, 8]),
    "im2col": Answers(right=im2col, wrong=[lambda x, k: im2col(x, k).T, lambda x, k: x.ravel()]),
    "fft": Answers(
        right=by_fft,
        wrong=[
            lambda x, k: by_fft(x, k, conjugate=lambda spectrum: spectrum),
            lambda x, k: np.fft.ifft2(np.fft.fft2(x) * np.conj(np.fft.fft2(k, s=x.shape))).real,
        ],
    ),
    "gradient": Answers(
        right=lambda x, g: (im2col(x, len(g)) @ g.ravel()).reshape(
            np.subtract(x.shape, g.shape) + 1
        ),
        wrong=[lambda x, g: by_fft(x, g) / g.size, lambda x, g: by_fft(x, g[::-1, ::-1])],
    ),
}

import numpy as np

from answers import Answers


def block(x, kernels):
    found = [x]
    for kernel in kernels:
        found.append(np.maximum(kernel @ np.concatenate(found), 0))
    return np.concatenate(found)


ANSWERS = {
    "block": Answers(
        right=(78, 156, 168), wrong=[(78, 168, 168), (66, 156, 168), (78, 132, 144), (12, 12, 24)]
    ),
    "depth": Answers(right=(265, 2688), wrong=[(264, 2688), (135, 2688), (265, 4160)]),
    "stack": Answers(
        right=block,
        wrong=[
            lambda x, kernels: block(x, kernels)[len(x) :],
            lambda x, kernels: x,
            lambda x, kernels: np.sort(block(x, kernels)),
        ],
    ),
    "bottleneck": Answers(right=231, wrong=[230, 129, 128, 993]),
    "copies": Answers(right=(768, 10_368), wrong=[(768, 8832), (832, 10_368), (768, 768)]),
    "new": Answers(
        right=(True, False, True, False, False, False),
        wrong=[(True, False, True, True, False, False), (False,) * 6, (True,) * 6],
    ),
}

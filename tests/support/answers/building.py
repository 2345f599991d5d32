import numpy as np

from answers import Answers


def softmax(scores, temperature):
    raised = np.exp((scores - scores.max()) / temperature)
    return raised / raised.sum()


def overflowing(scores, temperature):
    with np.errstate(all="ignore"):
        raised = np.exp(scores / temperature)
        return raised / raised.sum()


def loss(probabilities, labels):
    return -np.log(probabilities[range(len(labels)), labels]).mean()


ANSWERS = {
    "count": Answers(right=1_626_442, wrong=[1_625_866, 2_117_962, 1_626_208, 1_199_882]),
    "steps": Answers(right=(5160, 88), wrong=[(5148, 88), (430, 88), (5160, 128)]),
    "softmax": Answers(
        right=softmax,
        wrong=[
            overflowing,
            lambda z, t: softmax(z, 1.0),
            lambda z, t: softmax(z, 1 / t),
            lambda z, t: softmax(z, t) * len(z),
        ],
    ),
    "loss": Answers(
        right=loss,
        wrong=[
            lambda p, y: -loss(p, y),
            lambda p, y: loss(p, y) * len(y),
            lambda p, y: loss(p, y) / np.log(10),
            lambda p, y: -np.log(p).mean(),
        ],
    ),
    "folds": Answers(right=242, wrong=[240, 50, 92, 121]),
}

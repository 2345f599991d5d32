from answers import Answers


def field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size, jump


def top_down(layers):
    size, jump = 1, 1
    for kernel, stride in reversed(layers):
        size, jump = stride * size + kernel - stride, jump * stride
    return size, jump


def jump_too_early(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
    return size, jump


def variance(layers):
    return sum(
        (kernel**2 - 1) / 12 * field(layers[:place])[1] ** 2
        for place, (kernel, _) in enumerate(layers)
    )


ANSWERS = {
    "lenet": Answers(right=[5, 6, 14, 16, 32], wrong=[[5, 6, 10, 11, 15], [28, 14, 10, 5, 1], 32]),
    "depth": Answers(right=15, wrong=[10, 16, 31]),
    "field": Answers(
        right=top_down,
        wrong=[
            jump_too_early,
            lambda layers: (1 + sum(kernel - 1 for kernel, _ in layers), field(layers)[1]),
            lambda layers: field(layers)[::-1],
            lambda layers: field(layers)[0],
        ],
    ),
    "centre": Answers(right=129, wrong=[33, 193, 97, "in the middle"]),
    "doubling": Answers(
        right=lambda depth: 2 ** (depth + 1) - 1,
        wrong=[lambda depth: 2 * depth + 1, lambda depth: 2**depth + 1, lambda depth: 2**depth],
    ),
    "offset": Answers(
        right=lambda n: 1 - n % 2, wrong=[lambda n: n % 2, lambda n: 0, lambda n: 0.5]
    ),
    "variance": Answers(
        right=variance,
        wrong=[
            lambda layers: sum((kernel**2 - 1) / 12 for kernel, _ in layers),
            lambda layers: variance(layers) ** 0.5,
            lambda layers: field(layers)[0],
        ],
    ),
}

from answers import Answers

MEMORY = (3_613_600, 1_520_000, 10_520_000, 12_613_600, 565_613_600)

ANSWERS = {
    "fewer": Answers(right=8.7, wrong=[12, 10, 1 / 8.7, "8.7"]),
    "magnitude": Answers(right=18**0.5, wrong=[0, 6, 18]),
    "even": Answers(right=0.5, wrong=[0, 1, 5]),
    "flip": Answers(right=-8, wrong=[8, -4, 0]),
    "equivariance": Answers(right=(3, 5), wrong=[(0, 0), (-3, -5), (5, 3)]),
    "shared": Answers(right=16, wrong=[1, 9, 36]),
    "circulant": Answers(right=16, wrong=[4, 9]),
    "stack": Answers(right=(5, 4), wrong=[(9, 2), (6, 3), (5, 3)]),
    "window": Answers(right=(9, 3), wrong=[(9, 9), (3, 3), (8, 3)]),
    "kernel": Answers(right=(3, 3, 3, 32), wrong=[(3, 3, 32, 3), (32, 3, 3, 3), (3, 3, 32)]),
    "capitals": Answers(right="SAME", wrong=["same", "Same", 1]),
    "same": Answers(right=(3, 4), wrong=[(5, 7), (2, 3), (4, 3)]),
    "memory": Answers(
        right=MEMORY,
        wrong=[
            (3_623_600, 1_140_000, 14_300_000, 17_800_000, 537_700_000),
            MEMORY[:4],
            (*MEMORY[:4], 50 * MEMORY[3]),
        ],
    ),
    "dilation": Answers(
        right=[1, 0, 0, 0, 2, 0, 0, 0, 3],
        wrong=[[1, 0, 0, 2, 0, 3], [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3], [1, 2, 3]],
    ),
    "pooling": Answers(right=0, wrong=[0.75, 18_496]),
}

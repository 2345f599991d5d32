import numpy as np

from answers import Answers

ANSWERS = {
    "count": Answers(
        right=(188_672, 258_291_968),
        wrong=[(188_672, 188_672), (1_677_312, 2_296_240_128), (186_368, 255_137_792)],
    ),
    "eighth": Answers(right=73, wrong=[72, 8, 64, 1_000]),
    "plain": Answers(
        right=lambda depthwise, pointwise: np.einsum("uvc,cm->uvcm", depthwise, pointwise),
        wrong=[
            lambda depthwise, pointwise: np.einsum("uvc,cm->uvm", depthwise, pointwise),
            lambda depthwise, pointwise: depthwise[..., np.newaxis] + pointwise,
            lambda depthwise, pointwise: np.einsum("uvc,cm->vucm", depthwise, pointwise),
        ],
    ),
    "multiplier": Answers(right=(17_536, 2), wrong=[(8_768, 1), (17_536, 1), (9_344, 2)]),
    "middle": Answers(
        right=(60, 35_767_760),
        wrong=[(60, 35_732_816), (44, 27_159_888), (60, 35_802_704), (64, 35_767_760)],
    ),
    "new": Answers(
        right=(False, False, True, False, False, True),
        wrong=[(True, False, True, False, False, True), (False,) * 6],
    ),
}

"""What the authors of a network publish about it."""

from dataclasses import KW_ONLY, dataclass, field

ONE_CROP, TEN_CROPS, WHOLE_PICTURE = "one crop", "ten crops", "whole picture"
ENSEMBLE = "ensemble"
MEASURES = (ONE_CROP, TEN_CROPS, WHOLE_PICTURE, ENSEMBLE)
"""How an error is measured: one network on ImageNet's validation set, looking at one crop of each
picture, at ten, or at all of it; or several networks that vote, on the test set."""


@dataclass(frozen=True)
class Published:
    """A network in its authors' words.

    Attributes:
        title: what the field calls it.
        errors: percentage of ImageNet's pictures whose class is not among the first five guesses,
            by the way it was measured, one of `MEASURES`; first the way its authors chose.
        family: what it is grouped under, one of `cnnlib.comparison.FAMILIES`.
        year: of the first publication, as a preprint or at a conference.
        source: where the errors are published.
    """

    title: str
    errors: dict[str, float] = field(default_factory=dict)
    _: KW_ONLY
    family: str
    year: int
    source: str

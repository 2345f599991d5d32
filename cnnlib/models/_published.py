"""What the authors of a network publish about it."""

from dataclasses import KW_ONLY, dataclass

ONE_CROP, TEN_CROPS = "validation, one crop", "validation, ten crops"
WHOLE_PICTURE, ENSEMBLE = "validation, whole picture", "test, ensemble"


@dataclass(frozen=True)
class Published:
    """A network in its authors' words.

    Attributes:
        title: what the field calls it.
        top5: percentage of ImageNet's pictures whose class is not among the first five guesses;
            None where none is published.
        measured: how `top5` was measured.
        family: what it is grouped under, one of `cnnlib.comparison.FAMILIES`.
        year: of the first publication.
        source: where `top5` is published.
    """

    title: str
    top5: float | None = None
    measured: str = ""
    _: KW_ONLY
    family: str
    year: int
    source: str

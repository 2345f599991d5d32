"""Right and plausible wrong answers to the exercises, one module for each chapter's lab."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answers:
    """Answers to one exercise.

    Attributes:
        right: one that its check must accept.
        wrong: some that it must refuse, each with a reason.
    """

    right: Any
    wrong: list[Any]

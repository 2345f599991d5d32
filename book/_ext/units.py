"""Numbers stay with their units: no line of prose ends between 75 and %."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

SPACE_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:%|[kMGT]i?B)(?!\w))")
VERBATIM = (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.math_block, nodes.raw)


class KeepUnits(SphinxPostTransform):
    """Put a space that breaks no line between a number and the unit after it."""

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Change the texts of the document in place."""
        for text in list(self.document.findall(nodes.Text)):
            # A link's text that the theme has shortened knows no parent.
            if text.parent is not None and not isinstance(text.parent, VERBATIM):
                text.parent.replace(
                    text, nodes.Text(SPACE_BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text))
                )


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(KeepUnits)

"""The directive ``hints``: an exercise's three hints, from `cnnlib.labs`, one below the other."""

from cnnlib import labs
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Hints(SphinxDirective):
    """Three folded hints; the argument is the exercise's name, as `labs.check` takes it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the hints as the MyST directive ``dropdown`` makes them."""
        try:
            found = labs.exercise(self.arguments[0]).hints
        except ValueError as error:
            raise self.error(str(error)) from error
        lines = []
        for number, hint in enumerate(found, 1):
            lines += [f"````{{dropdown}} Hint {number}", *hint.splitlines(), "````"]
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("hints", Hints)

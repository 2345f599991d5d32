"""What assistive technology cannot read in a page, as axe-core finds it."""

from pathlib import Path

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
# Preloading asks the server for style sheets at addresses that do not exist.
RUN = "(part) => axe.run(part, { preload: false, resultTypes: ['violations'] })"


def violations(page, part="html"):
    """Return what axe-core finds, one text for each element at fault.

    Args:
        page: playwright's page.
        part: a CSS selector of what is looked at.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text("utf8"))
    return [
        f"{rule['id']}: {element['html'][:300]}: {element['failureSummary']}"
        for rule in page.evaluate(RUN, part)["violations"]
        for element in rule["nodes"]
    ]

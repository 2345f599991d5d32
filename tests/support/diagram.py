"""The architecture explorer as the tests of its promises use it."""

from browsing import settle

STRENGTHS = "all => all.map((one) => Number((one.style.fill.match(/(\\d+)%/) ?? [0, 0])[1]))"


def strongest(explorer):
    """Return the boxes with the most of what the colours show, as locators."""
    boxes = explorer.view.get_by_role("treeitem")
    strengths = boxes.evaluate_all(STRENGTHS)
    most = max(strengths)
    return [boxes.nth(i) for i, strength in enumerate(strengths) if strength == most]


def click_strongest(explorer):
    """Click on the first of these boxes, and return what is said."""
    strongest(explorer)[0].click()
    settle(explorer.page)
    return explorer.words()

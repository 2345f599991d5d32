"""What the figure of ideas and networks shows, for the tests of its promises."""


def squares(explorer, idea):
    """In how many columns an idea has a square."""
    height = "(all, idea) => all.find((one) => one.textContent === idea).getAttribute('y')"
    y = float(explorer.view.locator("svg text").evaluate_all(height, idea))
    return explorer.view.locator(f"svg rect[y='{y - 8:g}']").count()

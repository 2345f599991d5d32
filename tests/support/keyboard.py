"""Operate any native control by keyboard, for the browser tests."""

KIND = "(one) => (one.localName === 'input' ? one.type : one.role ?? one.localName)"
OTHER_NUMBER = """(one) => {
  const step = Number(one.step) || 0.5;
  return String(one.valueAsNumber + (one.max === "" || one.valueAsNumber < one.max ? step : -step));
}"""
KEYS = {
    "application": ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"),
    "button": ("Enter",),
    "checkbox": ("Space",),
    "file": ("Enter",),
    "gridcell": ("PageUp",),
    "radio": ("ArrowRight", "ArrowLeft"),
    "range": ("ArrowRight", "ArrowLeft"),
    "select": ("ArrowDown", "ArrowUp"),
}
"""Keys that move a control; the later ones for a control that stands at its end."""


def enter(page, text):
    """Type into the focused field in place of what is there."""
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def operate(control, changed):
    """Move the focused control by keyboard, with one key after the other until that shows.

    Args:
        control: locator of the control.
        changed: function of no arguments that says whether something has changed.

    Returns:
        The key that changed it ("number" or "text" for an entry typed in), or None.
    """
    kind = control.evaluate(KIND)
    if kind in ("number", "text"):
        enter(control.page, control.evaluate(OTHER_NUMBER) if kind == "number" else "other")
        return kind if changed() else None
    for key in KEYS[kind]:
        control.page.keyboard.press(key)
        if changed():
            return key
    return None

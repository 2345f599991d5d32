"""A reader's hands and eyes on one explorer of a built page.

Everything is found by what a reader or a screen reader calls it: labels of controls, words on
buttons, titles of drawings.
"""

import base64
import io
import re

import numpy as np
from browsing import settle
from PIL import Image

NUMBER = re.compile(r"[-−]?(?:\d[\d,]*)?\.?\d+")
INTO_VIEW = "(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
PNG = "(canvas) => canvas.toDataURL('image/png').split(',')[1]"


def numbers(text):
    """Return the numbers in a text, in their order."""
    return [float(one.replace("−", "-").replace(",", "")) for one in NUMBER.findall(text)]


class Hands:
    """Moves the controls of an explorer, points at its drawings and reads what it says.

    Args:
        explorer: playwright's locator of the explorer.
    """

    def __init__(self, explorer):
        self.explorer, self.page = explorer, explorer.page
        self.view = explorer.locator(".cnn-view")

    def set(self, name, value):
        """Type a number into the field of a control."""
        role = {"name": re.compile(f"^{re.escape(name)}(, value)?$")}
        field = self.explorer.get_by_role("spinbutton", **role)
        field.click()
        settle(self.page)  # a drawing that was scrolled into view may be drawn once more
        field.fill(f"{value:g}")
        field.press("Enter")
        settle(self.page)

    def slide(self, name, end):
        """Move a slider by the arrow keys; yield each value on the way, the last one included."""
        track = self.explorer.get_by_role("slider", name=name, exact=True)
        value = float(track.input_value())
        while value != end:
            track.press("ArrowRight" if value < end else "ArrowLeft")
            settle(self.page)
            value = float(track.input_value())
            yield value

    def value(self, name):
        """Return the number that a control stands at."""
        return float(self.explorer.get_by_label(name, exact=True).input_value())

    def choose(self, name, option):
        """Choose an option of a menu, the first that starts with these words."""
        menu = self.explorer.get_by_label(name, exact=True)
        options = menu.locator("option").all_inner_texts()
        menu.select_option(next(one for one in options if one.startswith(option)))
        settle(self.page)

    def tick(self, name, on=True):
        """Set a checkbox."""
        self.explorer.get_by_role("checkbox", name=name, exact=True).set_checked(on)
        settle(self.page)

    def press(self, name):
        """Press a button, which may bear more words or a symbol."""
        self.explorer.get_by_role("button", name=name).click()
        settle(self.page)

    def words(self):
        """Return the line that says the state in words."""
        return self.explorer.get_by_role("status").inner_text()

    def shows(self, text):
        """Return whether a text stands in the explorer."""
        return text in self.explorer.inner_text()

    def beside(self, name):
        """Return the words beside a name, such as the value of a bar."""
        named = self.view.get_by_text(name, exact=True).first
        return named.locator("..").inner_text().removeprefix(name).strip()

    def bar(self, name):
        """Return the number of a bar."""
        return numbers(self.beside(name))[0]

    def drawing(self, title):
        """Return the locator of the drawing below a title that starts with these words."""
        words = self.view.get_by_text(re.compile(f"^{re.escape(title)}"))
        return words.first.locator("..").locator("canvas").first

    def pixels(self, title):
        """Return the drawing below a title as it was computed, uint8 [height, width, 3]."""
        data = self.drawing(title).evaluate(PNG)
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))

    def point(self, title, down, across):
        """Move the pointer over a drawing, to fractions of its height and width."""
        drawing = self.drawing(title)
        drawing.evaluate(INTO_VIEW)
        box = drawing.bounding_box()
        self.page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        settle(self.page)

    def click(self, words):
        """Click on words in the view, such as the name of a layer."""
        self.view.get_by_text(words, exact=True).first.click()
        settle(self.page)

    def key(self, drawing, *keys):
        """Press keys on a drawing, whose accessible name starts with these words."""
        name = re.compile(f"^{re.escape(drawing)}")
        region = self.explorer.get_by_role("application", name=name)
        for key in keys:
            region.press(key)
        settle(self.page)


def signs(pixels):
    """Return how much of a map in signed colours is red (positive), and how much is blue.

    Args:
        pixels: uint8 [height, width, 3].

    Returns:
        Two shares, from 0 to 1, of the pixels that have a clear colour.
    """
    red, blue = pixels[..., 0].astype(int), pixels[..., 2].astype(int)
    return float((red > blue + 40).mean()), float((blue > red + 40).mean())

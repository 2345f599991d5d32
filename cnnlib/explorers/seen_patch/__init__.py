"""`SeenPatchExplorer`: the pixels of a cat that one neuron of VGG16 sees, layer by layer."""

import base64
import functools
import io

from cnnlib import data
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider
from cnnlib.explorers.receptive_field.stacks import STACKS, trace

SIDE = 224
EYE = (80, 66)  # row and column about which the field lies


@functools.cache
def _fields():
    """Return the name and the field's side of every layer of VGG16, of the picture first."""
    _, side, layers = STACKS["VGG16"]
    sizes = [field.size for _, field in trace(side, layers)]
    return list(zip(["the picture", *(layer["name"] for layer in layers)], sizes, strict=True))


@functools.cache
def _cat():
    """Return the cat as the address of a picture that carries its bytes."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(data.picture("chelsea", size=SIDE)).save(file, "webp", quality=80)
    return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"


class SeenPatchExplorer(Explorer):
    """A cat, and as much of it as a neuron of one layer of VGG16 sees.

    Chapter "Receptive fields".
    """

    layer = Slider("Layer of VGG16", 0, 18, 3, "the layer, 0 for the picture")
    fields = Data(_fields)
    eye = Data(lambda: list(EYE))
    cat = Data(_cat)

    def compute(self):
        """Return the side of the field of a neuron of the layer, in pixels."""
        return _fields()[self.layer][1]

    def figure(self):
        """Draw the pixels that neurons of four blocks see."""
        from cnnlib import plots

        cat = data.picture("chelsea", size=SIDE)
        panels = []
        for name, size in (_fields()[pool] for pool in (3, 6, 10, 14)):
            top, left = (max(0, middle - size // 2) for middle in EYE)
            panels.append((f"{name}: {size}×{size}", cat[top : top + size, left : left + size]))
        return plots.show(
            plots.pictures(panels), "A cat's eye through four larger and larger windows"
        )

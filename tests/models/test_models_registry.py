"""The architectures by name: found without importing the others, described in full."""

import inspect
import json
import re
import subprocess
import sys

import pytest
from building import without_weights

import cnnlib
from cnnlib import models
from cnnlib.models._docs import completed
from cnnlib.models._registry import _PUBLISHED, _VARIANTS, natural_order

USES = {
    "models.available(), dir(models), hasattr(models, 'ResNet51')": [],
    "models.builder('keras.applications:VGG16')": [],
    "models.VGG16": ["vgg"],
    "models.build('LeNet5')": ["lenet"],
    "cnnlib.analyze('ResNet18')": ["resnet"],
}
PROGRAM = """
import json, sys
import cnnlib
from cnnlib import models

def families():
    inside = [name.split(".")[2] for name in sys.modules if name.startswith("cnnlib.models.")]
    return {name for name in inside if not name.startswith("_")}

for use in sys.argv[1:]:
    before = families()
    eval(use)
    print(json.dumps([*families() - before]))
"""


def test_an_architecture_is_found_without_importing_the_others():
    command = [sys.executable, "-c", PROGRAM, *USES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == list(USES.values())


def test_what_the_files_declare_is_what_they_register():
    published = models.published()
    assert {name for name in _VARIANTS if getattr(models, name)} == set(models.available())
    assert published == _PUBLISHED
    assert set(published) <= set(models.available())


def test_names_are_in_natural_order():
    names = models.available()
    in_order = ["ResNet18", "ResNet34", "ResNet50", "ResNet101", "ResNet152", "ResNet200"]
    start = names.index("ResNet18")
    assert names[start : start + 7] == [*in_order, "ResNetCIFAR"]
    assert sorted(["VGG-16 (D)", "SENet-154", "SE-ResNet-50", "VGG-9"], key=natural_order) == [
        *("SE-ResNet-50", "SENet-154", "VGG-9", "VGG-16 (D)")
    ]


@pytest.mark.parametrize("name", models.available())
def test_the_docstring_describes_every_argument_once(name):
    text = inspect.getdoc(getattr(models, name))
    sections = re.findall(r"^(\w+):\n((?: {4}.*\n?)+)", text, re.M)
    assert [title for title, _ in sections] == ["Args", "Returns", "Raises"]
    described = re.findall(r"^    (\w+): \S", dict(sections)["Args"], re.M)
    assert described == list(inspect.signature(getattr(models, name)).parameters)


@pytest.mark.parametrize("name", models.available())
def test_the_smallest_image_and_the_body_s_stride_are_those_of_the_docstring(name):
    text = inspect.getdoc(getattr(models, name))
    least = re.search(r"input_shape: \(height, width, channels\), from (\d+)x\1", text)
    if least:
        side = int(least[1])
        with pytest.raises(ValueError, match=rf"^`input_shape` .* at least {side}\. "):
            models.build(name, input_shape=(side - 1, side, 3))
    stride = re.search(r"whose maps have a stride\s+of (\d+)", text)
    if stride:
        field = cnnlib.analyze(without_weights(name, classes=0)).receptive_field(gates=False)
        assert field.stride == (int(stride[1]),) * 2


def test_an_argument_that_nobody_describes_is_a_mistake():
    def build_net(colour, name="net"):
        """Build a net."""

    with pytest.raises(KeyError, match="colour"):
        completed(build_net, stride=4)


def test_a_docstring_says_what_is_particular_and_gets_the_rest():
    def build_net(depth, classes, name="net"):
        """Build a net.

        Args:
            depth: layers,
                an odd number.

        Returns:
            Two models.
        """

    assert completed(build_net, stride=4) == inspect.cleandoc(
        """Build a net.

        Args:
            depth: layers,
                an odd number.
            classes: outputs; 0 leaves the body, whose maps have a stride of 4.
            name: the model's name.

        Returns:
            Two models.

        Raises:
            TypeError: an argument has the wrong type.
            ValueError: an argument's value is not allowed.
        """
    )

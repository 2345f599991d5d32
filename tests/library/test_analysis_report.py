import re

import keras
import pytest
from keras import layers

import cnnlib


@keras.saving.register_keras_serializable(package="tests")
class Halved(layers.Layer):
    """Drops every other row: no rule knows it, and it changes the shape."""

    def call(self, x):
        return x[:, ::2]

    def compute_output_shape(self, shape):
        return (shape[0], (shape[1] + 1) // 2, *shape[2:])


def network(*above):
    return keras.Sequential(
        [
            layers.Input((8, 8, 3)),
            layers.Conv2D(4, 3, name="edges & more"),
            layers.BatchNormalization(name="norm"),
            *above,
            layers.Flatten(name="flat"),
            layers.Dense(2, name="head"),
        ],
        name="small",
    )


def test_the_frame_has_a_row_per_layer_and_adds_up():
    analysis = cnnlib.analyze(network())
    frame = analysis.to_frame()
    assert list(frame["name"]) == ["edges & more", "norm", "flat", "head"]
    assert frame["macs"].sum() == analysis.macs == 6 * 6 * 4 * 27 + 144 * 2
    assert frame["params"].sum() == analysis.params
    assert frame["trainable_params"].sum() == analysis.trainable_params == analysis.params - 8
    assert frame["bias_operations"].sum() == analysis.other.bias == 6 * 6 * 4 + 2
    assert frame.loc[0, "receptive_field"] == (3, 3)
    assert frame.loc[0, "activation_bytes"] == 4 * 6 * 6 * 4
    assert frame.loc[3, "output_shape"] == (1, 2)


def test_what_is_not_counted_is_missing_and_named_in_every_form():
    analysis = cnnlib.analyze(network(Halved(name="halved")))
    assert analysis.not_counted == ("halved",)
    assert analysis.to_frame().set_index("name")["macs"].isna()["halved"]
    for written in (str(analysis), analysis._repr_html_()):
        assert "not counted" in written
        assert re.search(r"Not counted.*halved", written, re.DOTALL)
    assert analysis.totals()["not_counted"] == ["halved"]


def test_the_text_lines_up_and_ends_with_the_totals():
    analysis = cnnlib.analyze(network(), batch_size=2)
    lines = str(analysis).splitlines()
    columns = [match.end() for match in re.finditer(r"-+", lines[1])]
    assert len(columns) == 7
    assert all(len(line) <= len(lines[1]) for line in lines[:6])
    assert lines[2].startswith("edges & more")
    assert f"Parameters: {analysis.params:,}" in str(analysis)
    assert "2 × 6 × 6 × 4" in lines[2]
    mega = analysis.inference_bytes / 1e6, analysis.inference_bytes / 2**20
    assert f"Memory to predict: {mega[0]:,.1f} MB = {mega[1]:,.1f} MiB" in str(analysis)


def test_the_table_is_escaped_labelled_and_reached_by_keyboard():
    written = cnnlib.analyze(network())._repr_html_()
    assert "edges &amp; more" in written
    assert "edges & more" not in written
    assert written.count('<th scope="row">') == 4
    assert 'role="region" aria-label="Layers of small" tabindex="0"' in written
    assert " id=" not in written


def test_bars_show_the_share_of_the_largest():
    written = cnnlib.analyze(network())._repr_html_()
    parameters = [4 * 27 + 4, 16, 0, 290]
    bars = re.findall(r'<td class="n">([\d,]+)(?:<i style="width: ([\d.]+)%"></i>)?</td>', written)
    shown = [share for number, share in bars if number in map(str, parameters)]
    assert f"{100 * 112 / 290:.3g}" in shown
    assert "100" in shown


def test_the_repr_is_one_stable_line():
    line = repr(cnnlib.analyze(network()))
    assert line == ("<Analysis of 'small' at 1 × 8 × 8 × 3: 418 parameters, 4,176 MACs>")


def test_compare_gives_a_row_per_model():
    one, two = cnnlib.analyze(network()), cnnlib.analyze(keras.applications.MobileNet(weights=None))
    table = one.compare(two)
    assert list(table.index) == ["small", two.model.name]
    assert list(table["macs"]) == [one.macs, two.macs]
    assert list(table["training_bytes"]) == [one.training_bytes(), two.training_bytes()]
    with pytest.raises(TypeError, match=r"^`others` .*Received: int$"):
        one.compare(3)


def test_weights_of_a_subclass_s_own_have_a_row():
    class Shifted(keras.Model):
        def __init__(self):
            super().__init__(name="shifted")
            self.conv = layers.Conv2D(2, 3)
            self.shift = self.add_weight(shape=(2,), name="shift")

        def call(self, x):
            return self.conv(x)

    analysis = cnnlib.analyze(Shifted(), input_shape=(8, 8, 1))
    assert [layer.params for layer in analysis.layers] == [20, 2]
    assert analysis.layers[-1].name == "shifted (its own weights)"
    assert analysis.params == 22

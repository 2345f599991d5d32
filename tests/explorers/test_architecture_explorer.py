import inspect
import json

import keras
import numpy as np
import pytest

import cnnlib
from cnnlib.explorers import ArchitectureExplorer, LiveNetworkExplorer
from cnnlib.explorers.architecture import blocks, describe
from cnnlib.explorers.architecture.blocks import Block, Layer, opening
from cnnlib.explorers.architecture.grouping import tree


def chain(*names, **how):
    return [Layer(name, (i - 1,) if i else (), "same", 8, **how) for i, name in enumerate(names)]


def shape(block, layers):
    """A block as nested lists of names."""
    return [
        (child.name, shape(child, layers)) if isinstance(child, Block) else layers[child].name
        for child in block.children
    ]


def grouped(layers):
    return shape(tree(layers), layers)


def residual_units(count, prefix="unit{}_"):
    layers, last = [Layer("input", (), "input")], 0
    for unit in range(count):
        start = len(layers)
        for place, kind in enumerate(("conv", "norm", "relu", "conv2")):
            name = prefix.format(unit) + kind
            inputs = (last if place == 0 else start + place - 1,)
            layers.append(Layer(name, inputs, kind, 8, "conv" in kind, "conv" not in kind))
        layers.append(Layer(prefix.format(unit) + "add", (last, start + 3), "add"))
        last = len(layers) - 1
    return layers


@pytest.fixture(scope="module")
def model():
    """A network with a stem, two residual units and a head."""
    x = inputs = keras.Input((16, 16, 3))
    x = keras.layers.Conv2D(8, 7, 2, "same", name="stem")(x)
    for unit in ("ua", "ub"):
        y = keras.layers.Conv2D(8, (3, 1), 1, "same", name=f"{unit}_conv")(x)
        y = keras.layers.BatchNormalization(name=f"{unit}_bn")(y)
        y = keras.layers.ReLU(name=f"{unit}_relu")(y)
        y = keras.layers.Conv2D(8, 3, 1, "same", groups=2, name=f"{unit}_conv2")(y)
        x = keras.layers.Add(name=f"{unit}_add")([x, y])
    x = keras.layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, keras.layers.Dense(4, "softmax", name="fc")(x), name="small")


def test_names_that_begin_alike_make_a_block():
    assert [one if isinstance(one, str) else one[0] for one in grouped(residual_units(2))] == [
        "input",
        "unit0",
        "unit1",
    ]


def test_a_convolution_keeps_its_normalization_and_activation():
    (_, unit, _) = tree(residual_units(2)).children
    first, *rest = unit.children
    assert first.name == "unit0_conv block"
    assert first.members() == [1, 2, 3]
    assert rest == [4, 5]


def test_numbers_that_keras_gives_make_no_block():
    assert grouped(chain("conv2d", "conv2d_1", "conv2d_2", "dense", "dense_1", "out")) == [
        *("conv2d", "conv2d_1", "conv2d_2", "dense", "dense_1", "out")
    ]


def test_what_runs_into_one_wide_join_is_a_cell_where_each_reads_the_two_before():
    layers, ends = [Layer("x0q", (), "input")], [0, 0]
    for _ in range(11):
        start = len(layers)
        for branch in range(6):
            layers.append(Layer(f"x{len(layers)}q", (ends[branch % 2],), "conv", 8, True))
        layers.append(Layer(f"x{len(layers)}q", tuple(range(start, start + 6)), "join"))
        ends = [ends[1], len(layers) - 1]
    layers.append(Layer("x100q", tuple(ends), "add"))
    cells = [child for child in tree(layers).children if isinstance(child, Block)]
    assert [len(cell.members()) for cell in cells] == 11 * [7]


def test_a_path_that_leaves_and_comes_back_forbids_a_block():
    layers = chain("in", "b_one", "other", "b_two", "b_three", "out")
    assert all(isinstance(one, str) for one in grouped(layers))


def test_branches_without_names_are_found_in_the_graph():
    layers = residual_units(6, "x{}q")  # one name each: nothing to share
    blocks = [block for block in tree(layers).blocks() if len(block.members()) == 5]
    assert len(blocks) == 6
    assert all(layers[block.members()[-1]].looks == "add" for block in blocks)


@pytest.mark.parametrize("count", [3, 5, 40])
def test_units_that_repeat_one_another_are_folded(count):
    root = tree(residual_units(count))
    (fold,) = [child for child in root.children if isinstance(child, Block)]
    assert fold.fold
    assert fold.name == f"unit0 … unit{count - 1}"
    assert [unit.name for unit in fold.children] == [f"unit{i}" for i in range(count)]


def test_two_alike_are_not_folded():
    assert not any(block.fold for block in tree(residual_units(2)).blocks())


def test_units_of_other_widths_are_not_folded():
    layers = [
        layer._replace(width=layer.width + i * ("conv" in layer.looks))
        for i, layer in enumerate(residual_units(4))
    ]
    assert not any(block.fold for block in tree(layers).blocks())


def test_the_first_of_a_fold_may_project_its_shortcut():
    layers = residual_units(4)
    add = layers.pop(5)
    layers = [
        layer._replace(inputs=tuple(i + (i > 4) for i in layer.inputs)) if place > 4 else layer
        for place, layer in enumerate(layers)
    ]
    layers[5:5] = [Layer("unit0_shortcut", (0,), "conv", 8, True), add._replace(inputs=(4, 5))]
    (fold,) = [child for child in tree(layers).children if isinstance(child, Block)]
    assert len(fold.children) == 4


@pytest.mark.parametrize(("boxes", "opened"), [(4, ["unit1"]), (3, [])])
def test_levels_open_while_the_boxes_are_not_many(monkeypatch, boxes, opened):
    monkeypatch.setattr(blocks, "SHOWN", boxes)
    layers = residual_units(4)
    assert [block.name for block in opening(tree(layers), layers)] == opened


@pytest.mark.parametrize("count", [1, 3, 7, 30])
def test_every_layer_is_in_exactly_one_place_and_after_its_inputs(count):
    layers = residual_units(count)
    root = tree(layers)
    assert root.members() == list(range(len(layers)))
    for block in (root, *root.blocks()):
        place = {}
        for order, child in enumerate(block.children):
            inside = child.members() if isinstance(child, Block) else [child]
            place.update(dict.fromkeys(inside, order))
        for number, order in place.items():
            for source in layers[number].inputs:
                assert place.get(source, -1) <= order


def test_names_are_unique():
    layers = residual_units(30)
    names = [block.name for block in tree(layers).blocks()] + [layer.name for layer in layers]
    assert len(names) == len(set(names))


def test_figures_are_those_of_the_analysis(model):
    analysis = cnnlib.analyze(model)
    network, _ = describe(analysis)
    rows = {row[0]: row for row in network["layers"]}
    for report in analysis.layers:
        row = rows[report.name]
        assert row[3] == list(report.output_shape[1:])
        assert row[4:7] == [report.params, report.macs, report.activation_bytes]
        assert network["kinds"][row[1]][0] == report.kind
    assert sum(row[4] for row in rows.values()) == analysis.params
    assert sum(row[5] for row in rows.values()) == analysis.macs


def test_kernels_are_written_in_the_field_s_notation(model):
    network, _ = describe(cnnlib.analyze(model))
    notes = {row[0]: row[2] for row in network["layers"]}
    assert notes["stem"] == "7x7+2(S)"
    assert notes["ua_conv"] == "3x1+1(S)"
    assert notes["ua_conv2"] == "3x3+1(S) 2 groups"
    assert notes["fc"] == "softmax"


def test_edges_are_those_of_the_model(model):
    network, _ = describe(cnnlib.analyze(model))
    names = [row[0] for row in network["layers"]]
    add = next(row for row in network["layers"] if row[0] == "ub_add")
    assert {names[i] for i in add[-1]} == {"ua_add", "ub_conv2"}


def test_a_named_network_gets_no_weights_and_stays_small():
    explorer = ArchitectureExplorer("ResNet50")
    (network,) = explorer.view.networks
    assert len(json.dumps(network)) < 30_000
    folds = {name: len(inside) for name, inside, fold in network["blocks"] if fold}
    assert folds == {"conv2": 3, "conv3": 4, "conv4": 6, "conv5": 3}
    assert explorer.view.opened == ["conv2_2", "conv3_2", "conv4_2", "conv5_2"]


def test_a_second_network_is_held_beside_the_first(model):
    explorer = ArchitectureExplorer("ResNet50", "SEResNet50")
    differing = [
        {net["layers"][i][0].split("_", 2)[-1] for i in net["differs"]}
        for net in explorer.view.networks
    ]
    ends = {"se_squeeze", "se_reduce", "se_excite", "se_scale"}
    assert differing == [set(), ends]


def test_a_network_bears_the_name_by_which_it_is_asked_for(model):
    named = ArchitectureExplorer("LeNet5Modern", cnnlib.models.LeNet5)
    own = ArchitectureExplorer(model, "digits")
    titles = [net["name"] for made in (named, own) for net in made.networks]
    assert titles == ["LeNet5Modern", "LeNet5", model.name, "digits"]


def test_layers_on_maps_of_another_size_differ():
    v1, v15 = (lambda v=v: cnnlib.models.build("ResNet50", version=v) for v in ("v1", "v1.5"))
    one, other = ArchitectureExplorer(v1, v15).view.networks
    names = [{net["layers"][i][0] for i in net["differs"]} for net in (one, other)]
    assert "conv3_1_conv1" in names[0] & names[1]
    assert "conv3_1_conv2" in names[0] & names[1]
    assert not any(name.startswith(("conv2_", "conv3_2")) for name in names[0] | names[1])


def test_settings_rebuild_an_explorer_of_the_reader_s_own_model(model):
    explorer = ArchitectureExplorer(model, opened=["ua"], selected="ua_bn", colour="macs", zoom=2)
    settings = explorer.settings()
    assert settings == {
        "model": model,
        "other": None,
        "opened": ["ua"],
        "selected": "ua_bn",
        "colour": "macs",
        "zoom": 2.0,
    }
    assert ArchitectureExplorer(**settings).settings() == settings


def test_the_model_stands_first_and_stays_in_python(model):
    assert next(iter(inspect.signature(ArchitectureExplorer).parameters)) == "model"
    explorer = ArchitectureExplorer(model)
    assert "model" not in explorer.view.get_state()
    assert "model" not in explorer.view.declared["start"]


def test_each_layer_of_a_live_network_has_the_map_that_varies_most():
    live = LiveNetworkExplorer(picture=3)
    explorer = ArchitectureExplorer(live)
    (network,) = explorer.networks
    computed = live.compute_maps()
    pixels, at = np.frombuffer(explorer.maps, "int8"), 0
    for number, name, channel, *shape in network["faces"]:
        assert network["layers"][number][3][:2] == shape
        maps = computed[name]
        assert channel == maps.std((0, 1)).argmax()
        size = np.prod(shape)
        drawn = pixels[at : (at := at + size)].reshape(shape)
        expected = 127 * maps[..., channel] / np.abs(maps).max()
        np.testing.assert_allclose(drawn, expected, atol=0.51)
    assert at == len(pixels)
    assert [row[1] for row in network["faces"]] == ["input", "conv1", "conv2", "pool"]


def test_a_live_network_s_diagram_is_linked_to_it_and_one_by_name_is_not():
    live = LiveNetworkExplorer("symbols")
    explorer = ArchitectureExplorer(live)
    faces = explorer.networks[0]["faces"]
    assert live.asked == [[name, channel] for _, name, channel, *_ in faces]
    assert live.maps == explorer.maps != b""
    named = ArchitectureExplorer("symbols")
    assert named.maps == explorer.maps
    assert len(named.maps) < 32_000
    assert explorer.compute().params == named.compute().params == 44_786
    assert "faces" not in ArchitectureExplorer("LeNet5").networks[0]


def test_compute_follows_the_selection(model):
    assert ArchitectureExplorer(model).compute().params == model.count_params()
    layer = ArchitectureExplorer(model, selected="stem").compute()
    assert layer.params == np.sum([np.prod(w.shape) for w in model.get_layer("stem").weights])
    names = [layer.name for layer in ArchitectureExplorer(model, selected="ub").compute()]
    assert set(names) == {f"ub_{end}" for end in ("conv", "bn", "relu", "conv2", "add")}


def test_figure_names_every_closed_box(model):
    figure = ArchitectureExplorer(model).figure()
    for name in ("input", "stem", "ua", "ub", "pool", "fc"):
        assert name in figure.alt


@pytest.mark.parametrize(
    ("settings", "error", "argument"),
    [
        ({"model": "ResNet51"}, ValueError, "model"),
        ({"model": 50}, TypeError, "model"),
        ({"other": "ResNet51"}, ValueError, "model"),
        ({"opened": "ua"}, TypeError, "opened"),
        ({"opened": ["b"]}, ValueError, "opened"),
        ({"selected": "b"}, ValueError, "selected"),
        ({"selected": None}, TypeError, "selected"),
        ({"zoom": 0.5}, ValueError, "zoom"),
        ({"zoom": "large"}, TypeError, "zoom"),
        ({"colour": "red"}, ValueError, "colour"),
        ({"weights": None}, TypeError, "weights"),
    ],
)
def test_wrong_arguments_are_named(model, settings, error, argument):
    with pytest.raises(error, match=rf"`{argument}`(.|\n)* Received: "):
        ArchitectureExplorer(**({"model": model} | settings))


def test_two_inputs_are_drawn_side_by_side():
    one, other = keras.Input((8, 8, 1)), keras.Input((8, 8, 1))
    joined = keras.layers.Concatenate(name="join")([one, other])
    explorer = ArchitectureExplorer(keras.Model([one, other], joined, name="two"))
    assert [row[0] for row in explorer.view.networks[0]["layers"]] == ["input 1", "input 2", "join"]
    assert explorer.view.networks[0]["layers"][-1][-1] == [0, 1]
    assert "input 1, input 2, join" in explorer.figure().alt


def test_branches_of_a_module_stay_beside_one_another():
    layers, ends = [Layer("start", (), "input"), Layer("first", (0,), "conv", True)], []
    for branch in range(4):
        last = 1
        for place in range(4):
            layers.append(Layer(f"mid_{branch}{place}x", (last,), "conv", True))
            last = len(layers) - 1
        ends.append(last)
    layers.append(Layer("mid_join", tuple(ends), "join"))
    layers += [Layer(f"tail{i}", (len(layers) - 1 + i,), "dense", True) for i in range(9)]
    (module,) = [child for child in tree(layers).children if isinstance(child, Block)]
    assert module.name == "mid"
    assert all(len(block.children) < 5 for block in module.blocks())
    assert len(module.children) >= 5

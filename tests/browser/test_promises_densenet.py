"""The promises of "DenseNet"."""

from browsing import settle
from diagram import strongest
from hands import Hands, numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

block, stairs, network, links, live, runs, lineage = (
    Try("architectures/densenet", i) for i in range(1, 8)
)


@block.step(1, "4b432d34")
def test_the_pile_grows_by_the_growth_rate(explorer):
    explorer.key("Layers", *["ArrowLeft"] * 8)
    read = []
    for layer in range(1, 6):
        assert explorer.words().startswith(f"Layer {layer} of 5 reads ")
        read.append(numbers(explorer.words().partition(" maps")[0])[-1])
        explorer.key("Layers", "ArrowRight")
    assert read == [24, 36, 48, 60, 72]


@block.step(2, "5ec9a6ba")
def test_eight_layers_have_36_links(explorer):
    explorer.set("Layers", 8)
    assert "36 links, in a plain stack 8." in explorer.words()


@block.step(3, "a33fc6fa")
def test_a_layer_may_add_a_single_map(explorer):
    explorer.set("Growth rate k", 1)
    explorer.key("Layers", *["ArrowRight"] * 8)
    assert explorer.words().startswith("Layer 8 of 8 reads 24 + 7 · 1 = 31 maps and adds 1.")


def ends(explorer):
    """What the blocks end with, and the parameters."""
    *maps, parameters = numbers(explorer.words().partition("and end with ")[2])
    return maps, parameters


@stairs.step(1, "4b543570")
def test_the_staircase_of_121(explorer):
    assert ends(explorer) == ([256, 512, 1024, 1024], 7_978_856)


@stairs.step(2, "2fe0014a")
def test_without_compression_all_maps_are_kept(explorer):
    explorer.set("Compression θ", 1)
    maps, parameters = ends(explorer)
    assert (maps[-1], parameters) == (1920, 13_908_584)
    assert 64 + 32 * (6 + 12 + 24 + 16) == 1920


@stairs.step(3, "66a3905e")
def test_a_smaller_growth_rate(explorer):
    explorer.set("Compression θ", 0.5)
    explorer.set("Growth rate k", 12)
    assert ends(explorer) == ([96, 192, 384, 384], 1_384_696)


@network.step(1, "3f74e8ee")
def test_the_first_block_computes_and_the_last_one_remembers(explorer):
    for name, shares in (("dense1", ("37 %", "4.2 %")), ("dense4", ("3.7 %", "27 %"))):
        frame = explorer.view.locator(f'[role=treeitem][aria-label^="{name},"]').first
        frame.click(position={"x": 5, "y": 5})
        settle(explorer.page)
        for share in shares:
            assert explorer.shows(share)


@network.step(2, "51b74e0c")
def test_the_dense_layer_has_the_strongest_colour(explorer):
    explorer.choose("Colours", "by parameters")
    (box,) = strongest(explorer)
    box.click()
    settle(explorer.page)
    assert "1,025,000" in explorer.words()


def to(explorer, reader, source):
    """Go to a link by the keys."""
    explorer.key("Links", *["ArrowUp"] * 7, *["ArrowDown"] * (reader - 1))
    explorer.key("Links", *["ArrowLeft"] * 7, *["ArrowRight"] * source)


def told(explorer):
    """The words for each link of the block that is shown, by its reader and source."""
    found = {}
    explorer.key("Links", *["ArrowUp"] * 7)
    for reader in range(1, 8):
        explorer.key("Links", "Home")
        for source in range(reader):
            found[reader, source] = explorer.words()
            explorer.key("Links", "ArrowRight")
        explorer.key("Links", "ArrowDown")
    return found


@links.step(1, "32179218")
def test_all_links_of_the_first_block_are_used(explorer):
    weights = [numbers(words.partition("weights of")[2])[0] for words in told(explorer).values()]
    assert len(weights) == 28
    assert (round(min(weights), 2), round(max(weights), 2)) == (0.11, 0.35)


@links.step(2, "4844ebff")
def test_what_a_link_matters_differs_much(explorer):
    explorer.choose("Shown", "digits lost")
    found = told(explorer)
    left = {link: numbers(words)[-3] for link, words in found.items()}
    assert all(numbers(words)[-1] == 197 for words in found.values())
    assert 197 - left[3, 0] == 81
    assert max(197 - left[6, source] for source in range(6)) == 5


@links.step(3, "5b67d0ab")
def test_the_end_of_the_second_block_needs_its_last_layers(explorer):
    explorer.choose("Block", "second")
    left = []
    to(explorer, 7, 0)
    for _ in range(7):
        left.append(numbers(explorer.words())[-3])
        explorer.key("Links", "ArrowRight")
    assert sorted(range(7), key=lambda source: left[source])[:2] == [5, 6]


def triangle(explorer):
    """The triangle of the page."""
    region = explorer.page.locator('[role=application][aria-label^="Links"]')
    return Hands(explorer.page.locator(".cnn-explorer").filter(has=region))


def cut(explorer, reader, *sources):
    """Cut links in the triangle."""
    for source in sources:
        to(triangle(explorer), reader, source)
        triangle(explorer).key("Links", "Enter")


@live.step(1, "724e4f60")
def test_a_link_that_is_cut_in_the_triangle_is_missed(explorer):
    assert right(explorer.view) == 197
    triangle(explorer).choose("Block", "first")
    cut(explorer, 3, 0)
    assert right(explorer.view) == 116


@live.step(2, "3a35b091")
def test_a_layer_that_reads_nothing_is_hardly_missed(explorer):
    explorer.press("Reset")
    cut(explorer, 6, *range(6))
    assert right(explorer.view) == 185


@live.step(3, "92e66cc5")
def test_the_last_links_of_the_second_block_are_missed(explorer):
    explorer.press("Reset")
    triangle(explorer).choose("Block", "second")
    cut(explorer, 7, 5)
    assert right(explorer.view) == 98
    cut(explorer, 7, 6)
    assert right(explorer.view) == 86


def named(explorer):
    """The per cent right of the marked runs, by network."""
    parts = explorer.words().partition(": ")[2].split("; ")
    return {part.split(", ")[0] + part.split(", ")[1]: numbers(part)[-1] for part in parts}


@runs.step(1, "d6c1ed86")
def test_half_of_the_parameters_are_ahead_and_an_eighth_behind(explorer):
    for seed in range(5):
        assert explorer.words().startswith(f"Seed {seed}: ")
        found = named(explorer)
        assert found["ResNet8 maps"] < found["DenseNetk = 8"] < found["ResNet16 maps"]
        explorer.key("Runs", "ArrowRight")


@runs.step(2, "6f7a0810")
def test_in_multiply_adds_it_costs_more(explorer):
    assert "DenseNet, k = 8, 32.8 k parameters" in explorer.words()
    assert "ResNet, 8 maps, 68.2 k parameters" in explorer.words()
    explorer.choose("By", "multiply-adds")
    assert "DenseNet, k = 8, 3.43 M multiply-adds" in explorer.words()
    assert "ResNet, 8 maps, 2.53 M multiply-adds" in explorer.words()


@lineage.step(1, "8a659c31")
def test_dense_links_come_in_with_densenet(explorer):
    first = explorer.words().partition("is the first here with ")[2]
    assert first.startswith("dense links (before: Fahlman & Lebiere 1990);")
    assert "shortcuts" in first.partition("leaves out")[2]

"""The built book: strict, offline, light, explorers first, every internal link sound."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import yaml
from book_build import ROOT, Build, build  # puts the book's extension on the path
from fontTools.ttLib import TTFont

# isort: split
from _ext import icons, launch, offline, page_host

pytest_plugins = "book_build"

VIEW = page_host.VIEW


class Page(HTMLParser):
    """The ids and tags of a built page."""

    def __init__(self, path: Path):
        super().__init__()
        self.ids, self.tags = set(), []
        self.feed(path.read_text("utf8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.update(found[name] for name in ("id", "name") if found.get(name))
        self.tags.append((tag, found))

    def of(self, *names):
        return [(tag, found) for tag, found in self.tags if tag in names]


def loads(page: Page) -> list[str]:
    """Addresses that a page fetches when it opens."""
    links = [a["href"] for _, a in page.of("link") if a.get("rel") in {"stylesheet", "icon"}]
    return links + [a["src"] for _, a in page.of("script", "img") if a.get("src")]


def local(path: Path, address: str) -> Path:
    """The file that a relative address on a page means."""
    target = unquote(urlsplit(address).path)
    return (path.parent / target).resolve() if target else path


# The whole book


def test_strict_build_succeeds(book):
    assert book.returncode == 0, book.log
    assert "build succeeded." in book.log, book.log


def test_build_needs_no_network(book):
    assert book.refused == ""


def test_nothing_comes_from_another_host(book):
    files = [path for path in Path(book.html).rglob("*") if path.suffix in {".html", ".css"}]
    assert files
    assert {path.name: found for path in files if (found := offline.foreign_loads(path))} == {}


def test_internal_links_resolve(book):
    pages = {path.resolve(): Page(path) for path in book.pages}
    broken = []
    for path, page in pages.items():
        for _, found in page.tags:
            address = found.get("href") or found.get("src")
            if not address or urlsplit(address).scheme or address.startswith("//"):
                continue
            target, fragment = local(path, address), unquote(urlsplit(address).fragment)
            known = pages[target].ids if target in pages else set()
            if not target.is_file() or (fragment and fragment not in known):
                broken.append(f"{path.name}: {address}")
    assert broken == []


def test_pages_weigh_less_than_a_megabyte(book):
    mathjax = set(Path(book.html, "_static", "vendor", "mathjax").resolve().rglob("*.js"))
    for path in book.pages:
        files = {path} | {local(path, address) for address in loads(Page(path))}
        if files & mathjax:  # its first script fetches the others
            files |= mathjax
        weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
        assert weight < 1_000_000, f"{path.name}: {weight:,} bytes"


def test_explorers_run_before_every_other_script(book):
    with_widgets = [path for path in book.pages if page_host.STATE in path.read_text("utf8")]
    assert with_widgets
    for path in with_widgets:
        scripts = [a for _, a in Page(path).of("script")]
        kinds = [a.get("type") for a in scripts]
        host = next(i for i, a in enumerate(scripts) if "host.js" in a.get("src", ""))
        assert kinds.index(page_host.STATE) < host
        at_once = [
            a for a in scripts if a.get("src") and a.get("type") is None and "defer" not in a
        ]
        views = [a for a in at_once if re.search("_static/(explorers|widgets)/", a["src"])]
        assert at_once == [*views, scripts[host]]


def test_only_pages_with_formulas_load_mathjax(book):
    for path in book.pages:
        text = path.read_text("utf8")
        assert ("MathJax" in text) == ('class="math ' in text), path.name


def test_font_awesome_is_reduced_to_the_icons(book):
    static = Path(book.html) / "_static"
    theme = (static / icons.THEME_STYLE).read_text("utf8")
    assert ".fa-sun" not in theme
    assert "html{--pst-header-height" in theme
    assert "fontawesome.js" not in "".join(path.read_text("utf8") for path in book.pages)
    assert ".fa-sun { --icon: var(--icon-sun); }" in (static / "icons.css").read_text()


def test_no_line_of_prose_ends_between_a_number_and_its_unit(book):
    verbatim = re.compile(
        r"<(pre|code|script|figure|div class=\"math)\b.*?</(pre|code|script|figure|div)>", re.S
    )
    kept = 0
    for path in book.pages:
        prose = verbatim.sub("", path.read_text("utf8"))
        assert re.findall(r"\d (?:%|[kMGT]i?B\b)", prose) == [], path.name
        kept += len(re.findall("\\d\N{NO-BREAK SPACE}%", prose))
    assert kept


# Small books: what must not pass, and what must appear


@pytest.fixture
def tiny(tmp_path):
    """Build a book of one page with the real book's configuration and extension."""

    def run(*cells, widgets=None, **environment) -> Build:
        config = yaml.safe_load((ROOT / "_config.yml").read_text())
        config["execute"]["execute_notebooks"] = "off"
        sphinx = config["sphinx"]
        sphinx["local_extensions"] = {"_ext": str(ROOT / "book")}
        sphinx["config"]["html_static_path"] = [str(ROOT / "book" / "static")]
        sphinx["config"]["html_favicon"] = str(ROOT / "book" / "static" / "favicon.svg")
        source = tmp_path / "source"
        source.mkdir()
        (source / "references.bib").touch()
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("# Page"), *cells],
            metadata={"kernelspec": kernel},
        )
        if widgets:
            notebook.metadata["widgets"] = {page_host.STATE: {"state": widgets}}
        nbformat.write(notebook, source / "page.ipynb")
        (tmp_path / "_config.yml").write_text(yaml.safe_dump(config))
        (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: page\n")
        return build(
            source, tmp_path / "_config.yml", tmp_path / "_toc.yml", tmp_path / "out", **environment
        )

    return run


def shows(source: str, model: str, **more: str) -> nbformat.NotebookNode:
    """A code cell whose output shows a widget."""
    view = {"version_major": 2, "version_minor": 0, "model_id": model}
    output = nbformat.v4.new_output("display_data", data={VIEW: view, **more})
    return nbformat.v4.new_code_cell(source, outputs=[output])


def model(name: str, **state) -> dict:
    return {
        "model_name": name,
        "model_module": "@jupyter-widgets/controls",
        "model_module_version": "2.0.0",
        "state": state,
    }


def test_known_widgets_come_out_live_and_figures_win_over_views(tiny):
    result = tiny(
        shows("slider", "a1"),
        shows("explorer", "b2", **{"text/html": '<figure data-cnn-model="b2"></figure>'}),
        widgets={"a1": model("IntSliderModel", value=3), "b2": model("AnyModel")},
    )
    assert result.returncode == 0, result.log
    text = (Path(result.html) / "page.html").read_text("utf8")
    assert re.findall(r'"model_id": "(\w+)"', text) == ["a1"]
    assert '<figure data-cnn-model="b2">' in text


def test_unknown_widget_fails_naming_the_cell(tiny):
    result = tiny(
        nbformat.v4.new_code_cell("first = 1"),
        shows("# pick a day\nbox", "a1"),
        widgets={
            "a1": model("VBoxModel", children=["IPY_MODEL_b2"]),
            "b2": model("DatePickerModel"),
        },
    )
    assert result.returncode != 0
    assert "cell 3 ('# pick a day')" in result.log
    assert "DatePickerModel" in result.log


def test_error_hidden_in_a_widget_fails_naming_the_cell(tiny):
    outputs = [{"output_type": "error", "ename": "ValueError", "evalue": "", "traceback": []}]
    result = tiny(shows("interact(f)", "a1"), widgets={"a1": model("OutputModel", outputs=outputs)})
    assert result.returncode != 0
    assert "cell 2 ('interact(f)'): an error is hidden in the output of a widget" in result.log


def test_widgets_of_a_page_share_what_they_have_in_common():
    script = "x" * page_host.WORTH_SHARING
    models = [{"state": {"_esm": script, "value": number}} for number in range(3)]
    models.append({"state": {"_esm": script + "y", "value": 3}})
    saved = page_host.shared({"state": dict(enumerate(models))})
    assert saved["shared"] == [script]
    assert [model["state"]["_esm"] for model in models] == [{"shared": 0}] * 3 + [script + "y"]
    assert [model["state"]["value"] for model in models] == [0, 1, 2, 3]


def test_a_build_that_finds_nothing_to_do_succeeds(tiny, tmp_path):
    assert tiny(nbformat.v4.new_markdown_cell("$x^2$")).returncode == 0
    again = build(*(tmp_path / name for name in ("source", "_config.yml", "_toc.yml", "out")))
    assert "no targets are out of date" in again.log
    assert again.returncode == 0, again.log


def test_file_from_another_host_fails(tiny):
    picture = '<img alt="" src="https://example.org/picture.png">'
    result = tiny(nbformat.v4.new_markdown_cell(picture))
    assert result.returncode != 0
    assert "page.html loads https://example.org/picture.png" in result.log


def test_formulas_stand_as_mathml_beside_their_tex(tiny):
    numbered = "```{math}\n:label: both\na &< \\frac{n}{s} \\\\\nb &= c\n```"
    result = tiny(
        nbformat.v4.new_markdown_cell('Here $\\sqrt{x} < "y"$ stands.'),
        nbformat.v4.new_markdown_cell(numbered),
        nbformat.v4.new_markdown_cell("\\begin{align}\nd &= e\n\\end{align}"),
    )
    assert result.returncode == 0, result.log
    path = Path(result.html) / "page.html"
    page = Page(path)
    kept = [found["data-tex"] for _, found in page.of("span", "div") if "data-tex" in found]
    assert [tex.replace(" ", "").replace("\n", "") for tex in kept] == [
        r'\(\sqrt{x}<"y"\)',
        r"\[\begin{split}a&<\frac{n}{s}\\b&=c\end{split}\]",
        r"\begin{align}d&=e\end{align}",
    ]
    assert [found.get("display") for _, found in page.of("math")] == [None, "block", "block"]
    assert len(page.of("mtr")) == 3
    font = TTFont(path.with_name("_static") / "formulas.woff").getBestCmap()
    assert {ord(shown) for shown in "√<=𝑥𝑎𝑠"} <= font.keys()
    written = re.sub("<[^>]*>", "", path.read_text("utf8"))
    assert re.findall(r"\((\d)\)|(\\[\[(]|\\begin)", written) == [("1", "")]


def test_formula_that_cannot_be_converted_fails_naming_it(tiny):
    result = tiny(nbformat.v4.new_markdown_cell(r"Here $\unheardof{x}$ stands."))
    assert result.returncode != 0
    assert r"page.ipynb" in result.log
    assert r"the formula \(\unheardof{x}\) has no MathML" in result.log


def test_icon_without_a_drawing_fails(tiny):
    result = tiny(nbformat.v4.new_markdown_cell('<i class="fas fa-dragon"></i>'))
    assert result.returncode != 0
    assert "fa-dragon" in result.log


LAUNCH = ("mybinder.org", "colab.research.google.com", "hub.example.org")


def test_launch_buttons_need_a_repository(tiny):
    result = tiny(nbformat.v4.new_code_cell("1"))
    text = (Path(result.html) / "page.html").read_text("utf8")
    assert not any(service in text for service in LAUNCH)


def test_launch_buttons_appear_with_a_repository(tiny):
    result = tiny(
        nbformat.v4.new_code_cell("1"),
        BOOK_REPOSITORY="https://github.com/someone/book",
        BOOK_JUPYTERHUB="https://hub.example.org",
    )
    assert result.returncode == 0, result.log
    text = (Path(result.html) / "page.html").read_text("utf8")
    assert all(service in text for service in LAUNCH)
    assert "v2/gh/someone/book/main?urlpath=lab/tree/notebooks/student/page.ipynb" in text
    assert "github/someone/book/blob/gh-pages/notebooks/student/page.ipynb" in text
    assert "branch=gh-pages&amp;urlpath=lab/tree/book/notebooks/student/page.ipynb" in text
    copied = (Path(result.html) / "notebooks" / "student" / "page.ipynb").read_text("utf8")
    assert "https://someone.github.io/book/page.html" in copied


# The extension's own rules


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/owner/name.git", "https://github.com/owner/name"),
        ("https://token@github.com/owner/name", "https://github.com/owner/name"),
        ("git@github.com:owner/name.git\n", "https://github.com/owner/name"),
        ("ssh://git@gitlab.com/group/sub/name.git", "https://gitlab.com/group/sub/name"),
        ("https://git.example.org/owner/name.git", None),
        ("../elsewhere/name", None),
    ],
)
def test_git_remote_becomes_a_web_address(remote, address):
    assert launch.web_address(remote) == address


def test_foreign_loads_are_told_from_links(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<a href="https://a.org/">read</a><svg xmlns="http://www.w3.org/2000/svg"></svg>'
        '<script src="//b.org/x.js"></script><link rel="stylesheet" href="https://c.org/x.css">'
        "<style>p { background: url(https://d.org/x.png) }</style>"
    )
    assert offline.foreign_loads(page) == {
        "//b.org/x.js",
        "https://c.org/x.css",
        "https://d.org/x.png",
    }

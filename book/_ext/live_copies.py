"""The notebooks that people open: each page once more, in what every notebook front end shows.

A page's source is MyST, of which JupyterLab, Notebook, VS Code and Colab show the raw directives.
So the build writes two copies beside the pages, in plain Markdown and with the page's numbers,
links and code cells: `notebooks/student/` has a cell to work in where `notebooks/teacher/` has the
solution. `_tools/hand_out.py` lays them out for work.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from docutils import nodes
from jupyter_cache import get_cache
from myst_nb.core.config import NbParserConfig
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx_exercise.nodes import exercise_enumerable_node, solution_node

from .launch import repository, site
from .markdown import Markdown
from .openings import opening

FOLDER = "notebooks"
STUDENT, TEACHER = "student", "teacher"
WORK = """# Work here, then put your answer in place of the three dots.
# labs.solution("{0}") shows a solution.
from cnnlib import labs


labs.check("{0}", ...)"""
ANSWER = """*Your answer (Enter opens this cell):*

A code cell with `labs.solution("{0}")` shows ours."""
WIDGET, PICTURE = "application/vnd.jupyter.widget-view+json", "image/png"
RUN_IT = "**Run this cell** (Shift+Enter), and the figure comes to life."
LAST_WORD = r"\w+$"
FOLDS = {
    "hide-input": {"jupyter": {"source_hidden": True}, "cellView": "form"},
    "hide-output": {"jupyter": {"outputs_hidden": True}},
    "hide-cell": {"jupyter": {"source_hidden": True, "outputs_hidden": True}, "cellView": "form"},
}
"""What folds a cell in Jupyter and VS Code, and in Colab, by the tag that folds it on the page."""


@dataclass(frozen=True)
class Page:
    """A page whose tree is resolved, its source, and the cells of its last execution."""

    name: str
    tree: nodes.document
    source: NotebookNode | None
    executed: list[NotebookNode]
    env: BuildEnvironment

    @cached_property
    def markdown(self) -> Markdown:
        """What writes its text."""
        return Markdown(self._link, lambda equation: self._number("displaymath", equation))

    @cached_property
    def _works(self) -> dict[str, str]:
        """Addresses of the works cited, by their place in the list of references."""
        domain = self.env.get_domain("cite")
        entries = domain.bibdata.data.entries
        fields = {cited.citation_id: entries[cited.key].fields for cited in domain.citations}
        return {
            place: f"https://doi.org/{work['doi']}" if "doi" in work else work["url"]
            for place, work in fields.items()
            if "doi" in work or "url" in work
        }

    def _number(self, kind: str, node: nodes.Element) -> str:
        given = self.env.toc_fignumbers.get(self.name, {}).get(kind, {})
        found = (given[one] for one in node["ids"] if one in given)
        return ".".join(map(str, next(found, ())))

    def _link(self, node: nodes.reference) -> str | None:
        target = urlsplit(node.get("refuri", ""))
        if target.scheme:
            return node["refuri"]
        if not target.path:
            return None
        sibling = Path(target.path).with_suffix(".ipynb")
        listed = sibling.stem == "references"
        return self._works.get(target.fragment, str(sibling)) if listed else str(sibling)

    def copy(self, solutions: bool) -> NotebookNode:
        """Return a copy of the page.

        Args:
            solutions: whether the solutions stand in it, or cells to work in.
        """
        notebook = nbformat.v4.new_notebook(
            cells=list(self._cells(self.tree.children, solutions)),
            metadata={
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
        )
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                cell.id = f"text-{number}"
        return notebook

    def _cells(self, found: Iterable[nodes.Node], solutions: bool) -> Iterator[NotebookNode]:
        text = []
        for node in found:
            if isinstance(node, nodes.title):
                text.append(self._heading(node))
            elif (made := self._own_cells(node, solutions)) is not None:
                yield from _text_cell(text)
                text = []
                yield from made
            else:
                text.append(self.markdown.write(node))
        yield from _text_cell(text)

    def _own_cells(self, node: nodes.Node, solutions: bool) -> Iterator[NotebookNode] | None:
        """Return the cells of what does not run on in the text, or None."""
        if isinstance(node, nodes.section):
            return self._cells(node.children, solutions)
        if isinstance(node, exercise_enumerable_node):
            return self._exercise(node, solutions)
        if isinstance(node, solution_node):
            return self._solution(node) if solutions else iter(())
        if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            return iter([self._code(node["cell_index"])])
        return None

    def _heading(self, title: nodes.title) -> str:
        depth, section = 0, title.parent
        while isinstance(section, nodes.section):
            depth, section = depth + 1, section.parent
        numbers = self.env.toc_secnumbers.get(self.name, {})
        number = ".".join(map(str, numbers.get("", ()))) if depth == 1 else ""
        heading = f"{'#' * depth} {f'{number}. ' if number else ''}{self.markdown.inline(title)}"
        return f"{heading}\n\n{self._about(number)}" if depth == 1 and self.source else heading

    def _about(self, number: str) -> str:
        book = f"*{self.env.config.html_title}*"
        if address := site(repository(Path(self.env.srcdir))):
            book = f"[{book}]({address}{self.name}.html)"
        what = f"Chapter {number} of {book}" if number else f"A page of {book}"
        return (
            f"> {what}, to run and to change: Shift+Enter runs a cell and goes on to the next, "
            "*Run all* in the menu runs every one. What you write here stays yours; a new edition "
            "of the book is put beside it."
        )

    def _code(self, index: int) -> NotebookNode:
        source = self.source.cells[index]
        tags = source.metadata.get("tags", [])
        if "nbval-skip" in tags:  # needs what is not everywhere; "Run all" goes on behind it
            tags = [*tags, "raises-exception"]
        metadata = {"tags": tags} if tags else {}
        for tag in tags:
            metadata |= FOLDS.get(tag, {})
        outputs = self._picture(index)
        return new_code_cell(source.source, metadata=metadata, outputs=outputs, id=source.id)

    def _picture(self, index: int) -> list[NotebookNode]:
        """Return what stands below an explorer's cell until it runs: how the explorer opens."""
        found = [
            output.data for output in self.executed[index].get("outputs", []) if "data" in output
        ]
        return [
            new_output("display_data", {kind: data})
            for shown in found
            if WIDGET in shown and PICTURE in shown
            for kind, data in (("text/markdown", RUN_IT), (PICTURE, shown[PICTURE]))
        ]

    def _exercise(self, node: nodes.Element, solutions: bool) -> Iterator[NotebookNode]:
        title, content = node.children
        name = f"**Exercise {self._number('exercise', node)}**{self.markdown.inline(title)}"
        yield new_markdown_cell(f"{name}\n\n{self.markdown.write(content)}")
        if solutions:
            return
        chapter, label = self.name.rpartition("/")[2], node["label"]
        exercise = f"{chapter}.{re.search(LAST_WORD, label)[0]}"
        if f'labs.check("{exercise}"' in content.astext():
            yield new_code_cell(WORK.format(exercise), id=f"work-{label}")
        else:
            yield new_markdown_cell(ANSWER.format(exercise))

    def _solution(self, node: nodes.Element) -> Iterator[NotebookNode]:
        title, *rest = node.children
        yield new_markdown_cell(f"**{self.markdown.inline(title)}**")
        yield from self._cells(rest, solutions=True)


def _text_cell(text: list[str]) -> Iterator[NotebookNode]:
    if joined := "\n\n".join(filter(None, text)):
        yield new_markdown_cell(joined)


def executed(notebook: NotebookNode, config: NbParserConfig) -> list[NotebookNode]:
    """Return a notebook's cells with the outputs of its execution, or as its explorers open."""
    if config.execution_mode != "cache":
        return [_opened(cell) for cell in notebook.cells]
    cache = get_cache(config.execution_cache_path)
    return cache.merge_match_into_notebook(copy.deepcopy(notebook))[1].cells


def _opened(cell: NotebookNode) -> NotebookNode:
    shown = opening(cell.source) if cell.cell_type == "code" else {}
    return NotebookNode(cell, outputs=[new_output("display_data", shown)])


def write(app: Sphinx, tree: nodes.document, name: str) -> None:
    """Write the copies of a page into the folder of the built site."""
    source = Path(app.env.doc2path(name))
    notebook = nbformat.read(source, as_version=4) if source.suffix == ".ipynb" else None
    cells = executed(notebook, app.env.mystnb_config) if notebook else []
    page = Page(name, tree, notebook, cells, app.env)
    for audience in (STUDENT, TEACHER):
        path = Path(app.outdir, FOLDER, audience, f"{name}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(page.copy(solutions=audience == TEACHER), path)


def offer_download(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Let the page's download button give the student's copy instead of the MyST source."""
    for group in context.get("header_buttons", []):
        for button in group.get("buttons", []):
            if button.get("label") == "download-source-button":
                address = f"{FOLDER}/{STUDENT}/{pagename}.ipynb"
                button.update(url=context["pathto"](address, 1), text=".ipynb")


def setup(app: Sphinx) -> dict:
    """Write the copies when all references are resolved."""
    app.connect("doctree-resolved", write, priority=900)
    app.connect("html-page-context", offer_download, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

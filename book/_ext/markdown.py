"""A page's resolved tree as plain Markdown, which every notebook front end shows as it comes.

The tree already holds the page's numbers, names and links, so that a copy of the page has the same.
"""

import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from docutils import nodes
from sphinx.util import logging

SPECIAL = re.compile(r"[\\`*~$]|(?<!\w)_|_(?!\w)|<(?=[\w/!?])|(?<=\])\(")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Markdown:
    """Writes nodes of one page.

    Attributes:
        link: gives the address for a reference, or None where its text must do.
        equation_number: gives an equation's number on the page, such as "3.1", or "".
    """

    link: Callable[[nodes.reference], str | None]
    equation_number: Callable[[nodes.math_block], str]

    def blocks(self, found: Iterable[nodes.Node]) -> str:
        """Return blocks, a blank line between each two."""
        return "\n\n".join(filter(None, map(self.write, found)))

    def inline(self, node: nodes.Element) -> str:
        """Return what stands in a line of text."""
        return "".join(map(self.write, node.children))

    def write(self, node: nodes.Node) -> str:
        """Return a node as Markdown; a warning names a kind that no method writes."""
        for kind in type(node).__mro__:
            if method := getattr(self, f"write_{kind.__name__}", None):
                return method(node)
        logger.warning("live copies cannot show a %s", type(node).__name__, location=node)
        return ""

    # In a line of text

    def write_Text(self, node: nodes.Text) -> str:
        """Escape what Markdown would read as a sign; a line of the source ends in a space."""
        return SPECIAL.sub(r"\\\g<0>", re.sub(r"\s*\n\s*", " ", node.astext()))

    def write_emphasis(self, node: nodes.emphasis) -> str:
        return f"*{self.inline(node)}*"

    def write_strong(self, node: nodes.strong) -> str:
        return f"**{self.inline(node)}**"

    def write_literal(self, node: nodes.literal) -> str:
        code = node.astext()
        return f"`` {code} ``" if "`" in code else f"`{code}`"

    def write_math(self, node: nodes.math) -> str:
        return f"${node.astext().strip()}$"

    def write_inline(self, node: nodes.inline) -> str:
        return self.inline(node)

    def write_superscript(self, node: nodes.superscript) -> str:
        return f"<sup>{self.inline(node)}</sup>"

    def write_reference(self, node: nodes.reference) -> str:
        address = (self.link(node) or "").replace("(", "%28").replace(")", "%29")
        return f"[{self.inline(node)}]({address})" if address else self.inline(node)

    def write_number_reference(self, node: nodes.Element) -> str:
        return self.inline(node)

    def write_image(self, node: nodes.image) -> str:
        return f"![{node.get('alt', '')}]({node['uri']})"

    # Blocks

    def write_paragraph(self, node: nodes.paragraph) -> str:
        return self.inline(node).strip()

    def write_PassthroughTextElement(self, node: nodes.Element) -> str:
        return self.inline(node).strip()

    def write_math_block(self, node: nodes.math_block) -> str:
        number = self.equation_number(node)
        tag = f"\n\\tag{{{number}}}" if number else ""
        return f"$$\n{node.astext().strip()}{tag}\n$$"

    def write_literal_block(self, node: nodes.literal_block) -> str:
        return f"```{node.get('language', '')}\n{node.astext().rstrip()}\n```"

    def write_raw(self, node: nodes.raw) -> str:
        return node.astext()

    def write_bullet_list(self, node: nodes.bullet_list) -> str:
        return "\n".join(_item("- ", self.blocks(item.children)) for item in node.children)

    def write_enumerated_list(self, node: nodes.enumerated_list) -> str:
        numbered = enumerate(node.children, node.get("start", 1))
        return "\n".join(_item(f"{n}. ", self.blocks(item.children)) for n, item in numbered)

    def write_block_quote(self, node: nodes.block_quote) -> str:
        return _quoted(self.blocks(node.children))

    def write_admonition(self, node: nodes.admonition) -> str:
        title, *rest = node.children
        return _quoted(f"**{self.inline(title)}**\n\n{self.blocks(rest)}")

    def write_note(self, node: nodes.note) -> str:
        return _quoted(self.blocks(node.children))

    def write_dropdown_main(self, node: nodes.Element) -> str:
        title, *rest = node.children
        return folded(title.children[0].astext(), self.blocks(rest))

    def write_container(self, node: nodes.container) -> str:
        if node.get("design_component") != "card":
            return self.blocks(node.children)
        body, target = node.children
        title, *rest = body.children
        link = self.link(next(target.findall(nodes.reference)))
        return _item("- ", f"[**{title.astext().strip()}**]({link}): {self.blocks(rest)}")

    def write_section(self, node: nodes.section) -> str:
        return self.blocks(node.children)

    def write_citation(self, node: nodes.citation) -> str:
        return _item("- ", self.blocks(node.children[1:]))

    def write_table(self, node: nodes.table) -> str:
        rows = [[self.inline(cell) for cell in row] for row in node.findall(nodes.row)]
        first = next(node.findall(nodes.row))
        marks = ["--:" if "text-right" in cell["classes"] else "---" for cell in first]
        lines = [rows[0], marks, *rows[1:]]
        return "\n".join(f"| {' | '.join(' '.join(c.split()) for c in line)} |" for line in lines)

    def write_toctree(self, node: nodes.Element) -> str:
        return ""

    write_compound = write_target = write_comment = write_toctree


def folded(title: str, content: str) -> str:
    """Return content that opens when its title is clicked."""
    return f"<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>"


def _item(mark: str, content: str) -> str:
    return mark + textwrap.indent(content, " " * len(mark)).lstrip()


def _quoted(content: str) -> str:
    return textwrap.indent(content, "> ", predicate=lambda line: True).replace("> \n", ">\n")

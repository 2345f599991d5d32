"""CONTRIBUTING.md names files that exist, and its example of a small figure works."""

import re

import pytest
from contents import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf8")
TO_WRITE = "dilated_kernel"  # the example's folder, and what a contributor names
PATHS = sorted(
    path
    for path in set(re.findall(r"(?<=[`\s])(?:tests|cnnlib|book)/[\w/.<>*-]+", TEXT))
    if TO_WRITE not in path
)

pytest_plugins = "browser_fixtures"


@pytest.mark.parametrize("path", PATHS)
def test_the_files_that_it_names_exist(path):
    assert list(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/."))))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make (\w+)", TEXT))))
def test_the_targets_that_it_names_exist(target):
    makefile = (ROOT / "Makefile").read_text("utf8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_small_figure_in_it_works(shown):
    written = rf"`cnnlib/explorers/{TO_WRITE}/(\S+)`:\n\n```\w+\n(.*?)```"
    files = dict(re.findall(written, TEXT, re.DOTALL))
    script = files["view.js"].replace('"../js/', '"js/')  # as one outside the folder imports
    inside = files["__init__.py"].replace("(Explorer):", "(Explorer, script=SCRIPT):")
    names = {"SCRIPT": script, "__name__": __name__}
    exec(inside, names)
    page, (box,) = shown(names["DilatedKernelExplorer"]())
    box.get_by_role("spinbutton", name="Dilation, value").fill("4")
    box.get_by_role("spinbutton", name="Dilation, value").press("Enter")
    box.get_by_role("application").press("ArrowUp")
    said = box.get_by_role("status")
    page.wait_for_function("(said) => said.innerText.includes('13')", arg=said.element_handle())
    assert said.inner_text() == "4 weights with dilation 4: the kernel spans 13 cells."
    assert names["DilatedKernelExplorer"](size=4, dilation=4).compute() == 13
    assert page.errors == []

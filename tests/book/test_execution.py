"""A notebook runs again when what its outputs depend on has changed, and only then."""

import os
import re
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from book_build import ROOT, build  # puts the book's extension on the path

# isort: split
from _ext import execution, recorder
from _ext.kernels import SocketKernelManager

LIBRARY = {
    "__init__.py": "",
    "ops.py": (
        "from pathlib import Path\n"
        "SCRIPT = Path(__file__).with_name('view.js').read_text()\n"
        "STYLE = Path(__file__).with_name('view.css').read_text()\n"
        "STORED = float(Path(__file__).with_name('result.txt').read_text())\n"
    ),
    "vgg.py": "LAYERS = 16\n",
    "view.js": "export default {};\n",
    "view.css": "p { color: red }\n",
    "result.txt": "0.5\n",
}
PAGES = {
    "operations": ["from smalllib import ops", "print(ops.STORED)"],
    "networks": ["import smalllib", "from smalllib import vgg", "print(vgg.LAYERS)"],
}

EXTENSIONS = ("execution", "units")
LINK = "https://github.com/jupyter-book/jupyter-book"  # the theme shortens it


class SmallBook:
    """A book of a few notebooks and the library that they import.

    Args:
        folder: where to put them.
    """

    def __init__(self, folder):
        self.folder, self.library, self.source = folder, folder / "smalllib", folder / "book"
        self.library.mkdir()
        self.source.mkdir()
        config = {
            "only_build_toc_files": True,
            "execute": {"execute_notebooks": "cache", "timeout": 120},
            "sphinx": {
                "local_extensions": {f"_ext.{one}": str(ROOT / "book") for one in EXTENSIONS}
            },
        }
        (folder / "_config.yml").write_text(yaml.safe_dump(config))
        toc = {"format": "jb-book", "root": "index", "chapters": []}
        (self.source / "index.md").write_text(f"# Index\n\n<{LINK}> is 75 % prose.\n")
        for name, text in LIBRARY.items():
            (self.library / name).write_text(text)
        for page, cells in PAGES.items():
            self.write(page, *cells)
            toc["chapters"].append({"file": page})
        (folder / "_toc.yml").write_text(yaml.safe_dump(toc))

    def write(self, page, *cells, tags=()):
        """Write a notebook; the tags are those of its last cell."""
        made = [nbformat.v4.new_code_cell(cell) for cell in cells]
        made[-1].metadata["tags"] = list(tags)
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell(f"# {page}"), *made],
            metadata={"kernelspec": kernel},
        )
        nbformat.write(notebook, self.source / f"{page}.ipynb")

    def build(self):
        """Build, and return the exit status, the log, and the pages executed and read."""
        path = os.pathsep.join([str(ROOT / "tests" / "support" / "offline"), str(self.folder)])
        config, toc = self.folder / "_config.yml", self.folder / "_toc.yml"
        built = build(self.source, config, toc, self.folder / "out", PYTHONPATH=path)
        log = re.sub(r"\x1b\[[\d;]*m", "", built.log)
        return SimpleNamespace(
            status=built.returncode,
            log=log,
            executed=set(re.findall(r"^executed (\w+) in", log, re.MULTILINE)),
            read=set(re.findall(r"^reading sources\.\.\. \[ *\d+%\] (\w+)", log, re.MULTILINE)),
        )

    def commit(self, page, text):
        """Write what the last cell of a notebook prints into the notebook."""
        path = self.source / f"{page}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
        nbformat.write(notebook, path)

    def judged(self, page):
        """Whether nbval, given the build's executions, accepts a notebook."""
        path = os.pathsep.join([str(ROOT / "book"), str(self.folder)])
        command = [sys.executable, "-m", "pytest", "-p", "conftest", "--rootdir", self.folder]
        command += ["--nbval", "--nbval-current-env", self.source / f"{page}.ipynb"]
        command += ["--executed", self.folder / "out" / "_build" / ".jupyter_cache"]
        run = subprocess.run(
            [*map(str, command)],
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
        )
        assert run.returncode in (0, 1), run.stdout + run.stderr
        return run.returncode == 0

    def page(self, name):
        """Return the text of a built page."""
        return (self.folder / "out" / "_build" / "html" / f"{name}.html").read_text("utf8")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small book, built once; each test leaves it built from what it has changed."""
    book = SmallBook(tmp_path_factory.mktemp("small"))
    first = book.build()
    assert first.status == 0, first.log
    assert first.executed == set(PAGES)
    assert first.log.count("Using cached notebook") == len(PAGES), first.log
    return book


def test_a_unit_stays_with_its_number_beside_a_link_that_is_shortened(small):
    assert f'href="{LINK}">jupyter-book/jupyter-book</a> is 75\N{NO-BREAK SPACE}%' in small.page(
        "index"
    )


def test_a_changed_style_or_script_executes_nothing(small):
    (small.library / "view.js").write_text("export default { render() {} };\n")
    (small.library / "view.css").write_text("p { color: green }\n")
    again = small.build()
    assert (again.status, again.executed, again.read) == (0, set(), set()), again.log


def test_a_changed_module_executes_only_the_pages_that_import_it(small):
    (small.library / "vgg.py").write_text("LAYERS = 19\n")
    again = small.build()
    assert (again.status, again.executed, again.read) == (0, {"networks"}, {"networks"}), again.log
    assert ">19" in small.page("networks")


def test_a_changed_file_that_was_opened_executes_the_page(small):
    (small.library / "result.txt").write_text("0.75\n")
    again = small.build()
    assert (again.status, again.executed) == (0, {"operations"}), again.log
    assert ">0.75" in small.page("operations")


def test_changed_cells_execute_their_page_and_changed_words_only_read_it(small):
    small.write("operations", "from smalllib import ops", "print(2 * ops.STORED)")
    again = small.build()
    assert (again.status, again.executed) == (0, {"operations"}), again.log
    path = small.source / "operations.ipynb"
    path.write_text(path.read_text().replace("# operations", "# Operations and more"))
    again = small.build()
    assert (again.status, again.executed, again.read) == (0, set(), {"operations"}), again.log


def test_a_failing_cell_fails_the_build_each_time_and_says_where(small):
    small.write("networks", "from smalllib import vgg", "print(vgg.DEPTH)")
    for _ in range(2):
        failed = small.build()
        assert failed.status != 0
        assert failed.executed == {"networks"}
        assert "networks.ipynb: WARNING" in failed.log
        assert "AttributeError: module 'smalllib.vgg' has no attribute 'DEPTH'" in failed.log
    small.write("networks", *PAGES["networks"])
    mended = small.build()
    assert (mended.status, mended.read) == (0, {"networks"}), mended.log


def test_two_notebooks_run_at_a_time_and_see_only_their_own_names(small):
    meet = (
        "import time\n"
        "from pathlib import Path\n"
        "Path('{0}.here').touch()\n"
        "while not Path('{1}.here').exists():\n"
        "    time.sleep(0.01)\n"
        "print({0!r}, 'met', sorted({{'sys', 'hashlib', 'os', 'opened'}} & set(globals())))"
    )
    small.write("operations", meet.format("operations", "networks"))
    small.write("networks", meet.format("networks", "operations"))
    again = small.build()
    assert (again.status, again.executed) == (0, set(PAGES)), again.log
    assert "operations met []" in small.page("operations")


def test_tags_say_what_is_not_run_and_what_may_fail(small):
    small.write("operations", "raise OSError('the network')", tags=["nbval-skip"])
    small.write("networks", "raise ValueError('as it should')", tags=["raises-exception"])
    again = small.build()
    assert (again.status, again.executed) == (0, set(PAGES)), again.log
    assert "as it should" in small.page("networks")


def test_nbval_judges_the_execution_of_the_build_as_long_as_it_is_current(small):
    small.write("networks", "import uuid", "from smalllib import vgg", "print(uuid.uuid4())")
    assert small.build().status == 0
    (printed,) = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", small.page("networks"))
    small.commit("networks", f"{printed}\n")
    assert small.judged("networks")
    small.commit("networks", f"{printed[:-1]}g\n")
    assert not small.judged("networks")
    small.commit("networks", f"{printed}\n")
    (small.library / "vgg.py").write_text("LAYERS = 11\n")  # executed anew: another number
    assert not small.judged("networks")


def test_another_version_of_a_package_or_another_file_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "ops.py").write_text("a = 1")
    used = {
        "packages": recorder.versions({"numpy"}),
        "files": recorder.digests({"ops.py"}, tmp_path),
    }
    assert execution.is_current(used, tmp_path)
    monkeypatch.setattr(recorder, "version", lambda name: "0.0")
    assert not execution.is_current(used, tmp_path)
    monkeypatch.undo()
    (tmp_path / "ops.py").unlink()
    assert not execution.is_current(used, tmp_path)


def test_what_pages_solve_is_nobodys_progress(small, monkeypatch):
    monkeypatch.delenv("CNNLIB_PROGRESS", raising=False)
    ask = "print('progress:', os.environ.get('CNNLIB_PROGRESS', 'kept') or 'not kept')"
    small.write("networks", "import os", ask)
    small.commit("networks", "progress: not kept\n")
    assert small.judged("networks")
    assert small.build().status == 0
    assert "progress: not kept" in small.page("networks")


def test_what_a_cell_prints_in_pieces_stands_in_one(small):
    pause = "time.sleep(0.5)"  # the kernel sends what has been printed
    pieces = f"print('one', end='', flush=True); {pause}; print('\\ntwo', flush=True)"
    small.write("networks", "import time", pieces)
    assert small.build().status == 0
    assert re.search(r"<span></span>one\n(<[^>]*>)*two", small.page("networks"))


def test_a_notebook_s_judge_hears_all_that_a_kernel_says_while_a_cell_runs():
    manager = SocketKernelManager(kernel_name="python3")
    manager.start_kernel()
    try:
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(60)
        asked = client.execute("for number in range(3000): display(number)")
        client.get_shell_msg(timeout=60)
        heard = Counter()
        while heard["idle"] == 0:
            said = client.get_iopub_msg(timeout=10)
            if said["parent_header"].get("msg_id") == asked:
                heard[said["content"].get("execution_state", said["msg_type"])] += 1
        assert heard["display_data"] == 3000
    finally:
        manager.shutdown_kernel(now=True)

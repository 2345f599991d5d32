"""Run the notebooks again when the library changes.

The notebook cache is keyed on the notebooks' cells alone. Their output depends on
``cnnlib`` too, so its hash lies in the cache folder and a different one empties the cache.
"""

import hashlib
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

LIBRARY = Path(__file__).parents[2] / "cnnlib"
SUFFIXES = {".py", ".js", ".css"}
logger = logging.getLogger(__name__)


def library_hash(library: Path = LIBRARY) -> str:
    """SHA-256 of the library's Python, JavaScript and CSS files, names included."""
    digest = hashlib.sha256()
    for path in sorted(library.rglob("*")):
        if path.suffix in SUFFIXES:
            digest.update(f"{path.relative_to(library).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def forget_stale_outputs(app: Sphinx) -> None:
    """Empty the cache if another library filled it."""
    cache = Path(app.env.mystnb_config.execution_cache_path)
    stamp, current = cache / "cnnlib.sha256", library_hash()
    if stamp.is_file() and stamp.read_text() == current:
        return
    if cache.is_dir():
        logger.info("cnnlib has changed: the notebooks run again")
        shutil.rmtree(cache)
    cache.mkdir(parents=True)
    stamp.write_text(current)


def outdated_pages(app: Sphinx, env, added, changed, removed) -> list[str]:
    """The notebooks' pages, if an earlier build read them with another library."""
    current, before = library_hash(), getattr(env, "cnnlib_hash", None)
    env.cnnlib_hash = current
    if before == current:
        return []
    return [page for page in env.found_docs if env.doc2path(page).endswith(".ipynb")]


def setup(app: Sphinx) -> dict:
    """Check once per build, after MyST-NB has settled where its cache lies."""
    app.connect("builder-inited", forget_stale_outputs, priority=900)
    app.connect("env-get-outdated", outdated_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

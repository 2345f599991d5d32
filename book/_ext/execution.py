"""Execute the notebooks whose outputs may have changed, two at a time, before the pages are read.

MyST-NB finds them in its cache, which knows a notebook by its code cells. Each record there also
holds what the notebook used (`recorder`): once one of these files or packages has changed, the
notebook runs again. A page is read again when its notebook was executed since it was last read.
With ``BOOK_EXECUTION=off`` nothing is executed: for who wants the live copies and no pages.
"""

import ast
import asyncio
import os
import re
import time
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from . import recorder
from .kernels import AsyncSocketKernelManager

AT_A_TIME = 2
COLOURS = re.compile(r"\x1b\[[\d;]*m")
# A module of its own, so that no name of the recorder is one of the notebook's.
START = f"""exec(
    {Path(recorder.__file__).read_text("utf8")!r},
    __import__("sys").modules.setdefault(
        "_recorder", type(__import__("sys"))("_recorder")).__dict__)
__import__("sys").addaudithook(__import__("_recorder").watch)"""
logger = logging.getLogger(__name__)


def is_current(used: dict, folder: Path) -> bool:
    """Whether the files and packages that a notebook used are what they were.

    Args:
        used: what `recorder.used` returned in the notebook's kernel.
        folder: the folder to which its files are relative.
    """
    return used == {
        "packages": recorder.versions(used["packages"]),
        "files": recorder.digests(used["files"], folder),
    }


def is_cached(notebook: nbformat.NotebookNode, cache: JupyterCacheAbstract, folder: Path) -> bool:
    """Whether the cache holds an execution of a notebook without a failure, and still current.

    Args:
        notebook: the notebook.
        cache: where executions are kept.
        folder: the folder to which the names of the files that it used are relative.
    """
    try:
        used = cache.match_cache_notebook(notebook).data.get("used")
    except KeyError:
        return False
    return used is not None and is_current(used, folder)


async def execute(notebook: nbformat.NotebookNode, path: Path, folder: Path, **options) -> dict:
    """Execute a notebook in place, in the folder where it lies.

    Args:
        notebook: the notebook.
        path: its file.
        folder: the folder to which the names of the files that it uses are relative.
        **options: for `NotebookClient`.

    Returns:
        What it used, as `recorder.used` says.

    Raises:
        CellControlSignal: a cell failed or took too long.
    """
    client = NotebookClient(
        notebook,
        kernel_manager_class=AsyncSocketKernelManager,
        skip_cells_with_tag="nbval-skip",
        record_timing=False,  # the cache would take it for another notebook
        coalesce_streams=True,  # what arrives in two pieces would be shown with a line between
        **options,
    )
    apart = os.environ | {"CNNLIB_PROGRESS": ""}  # what a build solves is nobody's progress
    async with client.async_setup_kernel(cwd=str(path.parent), env=apart):
        await client.kc.execute(START, silent=True, reply=True)
        await client.async_execute(cleanup_kc=False)
        ask = {"used": f"__import__('_recorder').used({str(folder)!r})"}
        reply = await client.kc.execute("", silent=True, user_expressions=ask, reply=True)
        return ast.literal_eval(reply["content"]["user_expressions"]["used"]["data"]["text/plain"])


async def execute_all(app: Sphinx, cache: JupyterCacheAbstract, stale: dict) -> None:
    """Execute notebooks and keep them in the cache; a failure is a warning.

    Args:
        app: the build.
        cache: where MyST-NB looks.
        stale: page -> notebook.
    """
    config, limit = app.env.mystnb_config, asyncio.Semaphore(AT_A_TIME)
    options = {
        "timeout": config.execution_timeout,
        "allow_errors": config.execution_allow_errors,
    }

    async def one(page: str, notebook: nbformat.NotebookNode) -> None:
        path, data = Path(app.env.doc2path(page)), {}
        async with limit:
            start = time.monotonic()
            try:
                data["used"] = await execute(notebook, path, Path(app.srcdir), **options)
            except CellControlSignal as failure:
                logger.warning("%s", COLOURS.sub("", str(failure)), location=page)
            data["execution_seconds"] = time.monotonic() - start
        logger.info("executed %s in %.1f s", page, data["execution_seconds"])
        bundle = CacheBundleIn(notebook, str(path), data=data)
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)

    await asyncio.gather(*(one(page, notebook) for page, notebook in stale.items()))


def executed_since(app: Sphinx, env, added, changed, removed) -> list[str]:
    """Execute what is stale; return the pages whose notebook was executed since they were read."""
    if env.mystnb_config.execution_mode != "cache":
        return []
    cache = get_cache(env.mystnb_config.execution_cache_path)
    paths = {page: Path(env.doc2path(page)) for page in sorted(env.found_docs)}
    notebooks = {
        page: nbformat.read(path, as_version=4)
        for page, path in paths.items()
        if path.suffix == ".ipynb"
    }
    stale = {
        page: notebook
        for page, notebook in notebooks.items()
        if not is_cached(notebook, cache, Path(app.srcdir))
    }
    if stale:
        logger.info("%d notebooks to execute", len(stale))
        asyncio.run(execute_all(app, cache, stale))
    before = getattr(env, "executions", {})
    env.executions = {
        page: cache.match_cache_notebook(notebook).created for page, notebook in notebooks.items()
    }
    return [page for page, when in env.executions.items() if before.get(page) != when]


def heed_environment(app: Sphinx, config: Config) -> None:
    """Let ``BOOK_EXECUTION`` overrule what the configuration says."""
    config.nb_execution_mode = os.environ.get("BOOK_EXECUTION", config.nb_execution_mode)


def setup(app: Sphinx) -> dict:
    """Execute when Sphinx knows its pages and has read none."""
    app.connect("config-inited", heed_environment)
    app.connect("env-get-outdated", executed_since)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Repository link and launch buttons, from one address.

``BOOK_REPOSITORY`` (a web address such as https://github.com/owner/name), or else the git
remote ``origin`` when it is on GitHub or GitLab. Without either the book has no such buttons.
``BOOK_BRANCH`` (default: main) and ``BOOK_JUPYTERHUB`` (a hub's address) go with it.
"""

import os
import re
import subprocess
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

REMOTE = re.compile(
    r"(?:https://(?:[^@/]+@)?|ssh://git@|git@)(?P<host>github\.com|gitlab\.com)[:/]"
    r"(?P<path>(?:[^/]+/)+[^/]+?)(?:\.git)?/?$"
)


def web_address(remote: str) -> str | None:
    """The https address of a GitHub or GitLab remote; None for any other remote."""
    match = REMOTE.match(remote.strip())
    return f"https://{match['host']}/{match['path']}" if match else None


def repository(folder: Path) -> str | None:
    """The address to link to: the environment's, else that of the checkout's origin."""
    if address := os.environ.get("BOOK_REPOSITORY", "").strip().rstrip("/"):
        return address
    try:
        origin = subprocess.run(
            ["git", "remote", "get-url", "origin"], cwd=folder, capture_output=True, text=True
        )
    except FileNotFoundError:
        return None
    return web_address(origin.stdout) if origin.returncode == 0 else None


def add_buttons(app: Sphinx, config: Config) -> None:
    """Put the repository and the launch services into the theme's options."""
    address = repository(Path(app.srcdir))
    if address is None:
        return
    launch = {"notebook_interface": "jupyterlab", "binderhub_url": "https://mybinder.org"}
    if address.startswith("https://github.com/"):
        launch["colab_url"] = "https://colab.research.google.com"
    if hub := os.environ.get("BOOK_JUPYTERHUB", "").strip():
        launch["jupyterhub_url"] = hub
    config.html_theme_options.update(
        repository_url=address,
        repository_branch=os.environ.get("BOOK_BRANCH", "main"),
        path_to_docs="book",
        use_repository_button=True,
        launch_buttons=launch,
    )


def setup(app: Sphinx) -> dict:
    """Settle the options before the theme reads them."""
    app.connect("config-inited", add_buttons)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

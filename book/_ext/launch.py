"""Repository link and launch buttons, from one address.

``BOOK_REPOSITORY`` (a web address such as https://github.com/owner/name), or else the git
remote ``origin`` when it is on GitHub or GitLab. Without either the book has no such buttons.
``BOOK_BRANCH`` (default: main) holds the sources, from which Binder makes the notebooks
(``postBuild``); ``BOOK_SITE_BRANCH`` (default: gh-pages) holds the built site with its notebooks,
which Colab and a hub open; ``BOOK_SITE`` is the site's address (default: where GitHub serves that
branch) and ``BOOK_JUPYTERHUB`` that of a hub with nbgitpuller.
"""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import quote, urlencode

from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.config import Config

REMOTE = re.compile(
    r"(?:https://(?:[^@/]+@)?|ssh://git@|git@)(?P<host>github\.com|gitlab\.com)[:/]"
    r"(?P<path>(?:[^/]+/)+[^/]+?)(?:\.git)?/?$"
)

LOGOS = {
    "Binder": "binder.svg",
    "JupyterHub": "jupyterhub.svg",
    "Colab": "colab.png",
}


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


def site(repository: str | None) -> str | None:
    """The address of the published pages, ending in a slash; None where it is not known."""
    if address := os.environ.get("BOOK_SITE", "").strip():
        return address.rstrip("/") + "/"
    owner, _, name = (repository or "").removeprefix("https://github.com/").partition("/")
    return f"https://{owner}.github.io/{name}/" if name and "//" not in owner else None


def launches(address: str, page: str) -> dict[str, str]:
    """Where a page's notebook can be opened, by the service's name.

    Args:
        address: the repository's.
        page: its name, such as "foundations/pooling".
    """
    branch = os.environ.get("BOOK_BRANCH", "main")
    site_branch = os.environ.get("BOOK_SITE_BRANCH", "gh-pages")
    host, _, path = address.removeprefix("https://").partition("/")
    notebook = f"notebooks/student/{page}.ipynb"
    found = {}
    if service := {"github.com": f"gh/{path}", "gitlab.com": f"gl/{quote(path, safe='')}"}.get(
        host
    ):
        opened = f"lab/tree/{notebook}"
        found["Binder"] = f"https://mybinder.org/v2/{service}/{branch}?urlpath={opened}"
    if hub := os.environ.get("BOOK_JUPYTERHUB", "").strip().rstrip("/"):
        opened = f"lab/tree/{path.rpartition('/')[2]}/{notebook}"
        pulled = urlencode({"repo": address, "branch": site_branch, "urlpath": opened}, safe="/")
        found["JupyterHub"] = f"{hub}/hub/user-redirect/git-pull?{pulled}"
    if host == "github.com":
        opened = f"{path}/blob/{site_branch}/{notebook}"
        found["Colab"] = f"https://colab.research.google.com/github/{opened}"
    return found


def add_repository(app: Sphinx, config: Config) -> None:
    """Let the theme link to the repository."""
    if address := repository(Path(app.srcdir)):
        config.html_theme_options.update(
            repository_url=address,
            repository_branch=os.environ.get("BOOK_BRANCH", "main"),
            path_to_docs="book",
            use_repository_button=True,
        )


def add_buttons(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Put the launch services beside the theme's buttons, on pages with a notebook."""
    address = repository(Path(app.srcdir))
    if address is None or ".ipynb" not in context.get("page_source_suffix", ""):
        return
    buttons = [
        {
            "type": "link",
            "text": service,
            "tooltip": f"Launch on {service}",
            "icon": f"_static/images/logo_{LOGOS[service]}",
            "url": escape(url),
        }
        for service, url in launches(address, pagename).items()
    ]
    context["header_buttons"].append(
        {
            "type": "group",
            "tooltip": "Launch interactive content",
            "icon": "fas fa-rocket",
            "buttons": buttons,
            "label": "launch-buttons",
        }
    )


def setup(app: Sphinx) -> dict:
    """Settle the repository before the theme reads it; add buttons when the theme has its own."""
    app.connect("config-inited", add_repository)
    app.connect("html-page-context", add_buttons, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

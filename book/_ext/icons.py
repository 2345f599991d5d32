"""Icons as CSS masks: a few kilobytes instead of Font Awesome's script, fonts and rules.

Each ``static/vendor/fontawesome/NAME.svg`` draws the elements of class ``fa-NAME`` and is
at hand for style sheets as ``var(--icon-NAME)``. A page with an icon that has no such file
fails the strict build.
"""

import re
import shutil
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.util import logging

ICONS = Path(__file__).parents[1] / "static" / "vendor" / "fontawesome"
NOTICE = "/* Icons: Font Awesome Free by @fontawesome, https://fontawesome.com, CC BY 4.0 */\n"
BASE = """\
.fa-solid, .fas, .fa-brands, .fab {
  display: inline-block;
  width: 1.25em;
  height: 1em;
  vertical-align: -0.125em;
  background: currentcolor;
  mask: var(--icon) center / contain no-repeat;
}
@media (forced-colors: active) {
  .fa-solid, .fas, .fa-brands, .fab { forced-color-adjust: none; background: CanvasText; }
}
"""
THEME_STYLE = "styles/pydata-sphinx-theme.css"
# The theme's bundle holds Font Awesome's rules between its first notice and the theme's own.
FONT_AWESOME = re.compile(r"/\*!\s*\* Font Awesome.*?(?=html\{--pst-)", re.DOTALL)
MODIFIERS = {"fa-lg", "fa-solid", "fa-brands"}
logger = logging.getLogger(__name__)


def style_sheet(icons: dict[str, str]) -> str:
    """The style sheet that draws icons, given their names and SVG source."""
    plain = {name: re.sub(r"<!--.*?-->", "", svg) for name, svg in sorted(icons.items())}
    urls = (f"  --icon-{n}: url('data:image/svg+xml,{quote(svg)}');\n" for n, svg in plain.items())
    uses = (f".fa-{name} {{ --icon: var(--icon-{name}); }}\n" for name in plain)
    return NOTICE + "html {\n" + "".join(urls) + "}\n" + BASE + "".join(uses)


def replace_font_awesome(app: Sphinx, exception: Exception | None) -> None:
    """Write ``icons.css`` and take Font Awesome out of the built theme."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    icons = {path.stem: path.read_text() for path in ICONS.glob("*.svg")}
    (static / "icons.css").write_text(style_sheet(icons))
    (static / "scripts" / "fontawesome.js").unlink(missing_ok=True)
    shutil.rmtree(static / "vendor" / "fontawesome", ignore_errors=True)
    theme = static / THEME_STYLE
    theme.write_text(FONT_AWESOME.sub("", theme.read_text(encoding="utf8")), encoding="utf8")
    for page in Path(app.outdir).rglob("*.html"):
        classes = re.findall(r'<(?:i|span) class="([^"]*\bfa-[^"]*)"', page.read_text("utf8"))
        names = {word for value in classes for word in value.split() if word.startswith("fa-")}
        for name in sorted(names - MODIFIERS - {f"fa-{icon}" for icon in icons}):
            logger.warning("%s uses the icon %s, which is not vendored", page.name, name)


def setup(app: Sphinx) -> dict:
    """Replace once the theme's files are in place."""
    app.connect("build-finished", replace_font_awesome, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

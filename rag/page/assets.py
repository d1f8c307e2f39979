"""The page's own style and script, which lie beside this module; nothing comes from elsewhere."""

from pathlib import Path

FOLDER = Path(__file__).parent
STYLES = tuple(FOLDER / f"{name}.css" for name in ("style", "archive", "talks", "settings"))
SCRIPTS = tuple(FOLDER / f"{name}.js" for name in ("page", "reading", "redrawing", "talks"))
ICON = FOLDER / "icon.png"


def read_script() -> str:
    scripts = (script.read_text(encoding="utf-8") for script in SCRIPTS)
    return "".join(f"<script>{script}</script>" for script in scripts)

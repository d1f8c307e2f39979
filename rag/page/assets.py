"""The page's own style and script, which lie beside this module; nothing comes from elsewhere."""

from pathlib import Path

FOLDER = Path(__file__).parent
STYLES = (FOLDER / "style.css", FOLDER / "archive.css")
SCRIPT = FOLDER / "page.js"
ICON = FOLDER / "icon.png"


def read_script() -> str:
    return f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"

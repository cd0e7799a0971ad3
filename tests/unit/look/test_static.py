"""What others wrote is exactly what was pinned, and nothing is fetched from elsewhere."""

import hashlib
import re
import tomllib

from tests.unit.look.drawing import TEMPLATES

STATIC = TEMPLATES / "static"
PINNED = tomllib.loads((STATIC / "PINNED.toml").read_text(encoding="utf-8"))["file"]


def test_pinned_files_are_unchanged() -> None:
    for entry in PINNED:
        assert hashlib.sha256((STATIC / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], entry["path"]


def test_every_vendored_file_is_pinned() -> None:
    kept = {str(p.relative_to(STATIC)) for folder in ("vendor", "fonts") for p in (STATIC / folder).iterdir()}
    assert kept == {entry["path"] for entry in PINNED}


def test_style_sheets_and_scripts_stay_at_home() -> None:
    for path in [*STATIC.rglob("*.css"), *STATIC.glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\([\"']?(https?:)?//|@import", text), path
        assert "innerHTML" not in text, path
        assert len(text.splitlines()) <= 400, path


def test_every_style_sheet_is_linked() -> None:
    listed = (TEMPLATES / "layouts/_styles.html").read_text(encoding="utf-8")
    linked = {name for line in re.findall(r"\[(.*?)\]", listed) for name in re.findall(r'"([a-z/]+)"', line)} | {
        "print"
    }
    kept = {str(p.relative_to(STATIC / "css")).removesuffix(".css") for p in (STATIC / "css").rglob("*.css")}
    assert kept - linked == {"components/guide"}, "the styleguide's own is linked by its page"
    assert linked <= kept


def test_fonts_named_in_style_sheets_exist() -> None:
    for name in re.findall(r'url\("\.\./fonts/([^"]+)"\)', (STATIC / "css/fonts.css").read_text()):
        assert (STATIC / "fonts" / name).is_file()

"""A group as a folder that can be shipped: what was made in a browser, or found, becomes ``samoe_<slug>/``."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samoe.sdk import Manifest, Text
from samoe.sdk.toml import toml
from samoe.sdk.writing import write_manifest
from samoe.targetgroups.discovery import FILE, PREFIX, Module, load
from samoe.targetgroups.skeleton import CannotBegin

PARTS: Mapping[str, tuple[str, ...]] = {
    "scales.toml": ("scales",),
    "path.toml": ("stages", "encounters", "referrals"),
    "money.toml": ("benefits", "documents"),
    "import.toml": ("import",),
    "figures.toml": ("figures", "indicators"),
    "demo.toml": ("demo",),
}
"""What stands in a file of its own. Everything else stands in ``module.toml``."""
MEANING = "# What each key means: docs/modules.md\n"
README = """\
# {name}

{summary}

{serves}

Version {version}. What the keys of `module.toml` mean: `docs/modules.md`.
"""


def export(manifest: Manifest, to: Path, found: Path | None = None) -> Module:
    """Write ``samoe_<slug>`` into the folder ``to`` and read it back. ``CannotBegin`` where it is there already.

    ``found`` is the folder that the group was shipped in, if any: its Python, templates, tests and README go along.
    """
    home = to / f"{PREFIX}{manifest.slug}"
    if home.exists():
        raise CannotBegin(f"{home.name} is there already")
    if found is None:
        home.mkdir(parents=True)
    else:
        shutil.copytree(found, home, ignore=shutil.ignore_patterns("*.toml", "__pycache__"))
    for name, text in files(manifest).items():
        (home / name).write_text(text, encoding="utf-8")
    if not (home / "README.md").exists():
        (home / "README.md").write_text(readme(manifest), encoding="utf-8")
    module = load(home)
    if module.manifest != manifest:
        raise CannotBegin(f"{home.name} does not say what was written to it")
    return module


def packed(manifest: Manifest, found: Path | None = None) -> tuple[str, bytes]:
    """The folder as one ZIP file, and what to call it. The same version gives the same bytes."""
    content = BytesIO()
    with TemporaryDirectory() as room, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        home = export(manifest, Path(room), found).folder
        for one in sorted(path for path in home.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(one.relative_to(room).as_posix())
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            file.writestr(entry, one.read_bytes())
    return f"{PREFIX}{manifest.slug}.zip", content.getvalue()


def files(manifest: Manifest) -> dict[str, str]:
    """The texts of ``module.toml`` and its parts, by name."""
    data = write_manifest(manifest)
    parts = {name: {key: data.pop(key) for key in keys if key in data} for name, keys in PARTS.items()}
    parts = {name: part for name, part in parts.items() if part}
    head: dict[str, Any] = {"parts": list(parts)} if parts else {}
    first = {key: value for key, value in data.items() if not isinstance(value, list)}
    whole = {FILE: {**first, **head, **data}, **parts}
    return {name: MEANING + "\n" * (name != FILE) + toml(part) for name, part in whole.items()}


def readme(manifest: Manifest) -> str:
    """The first words about a group that has none of its own: what it says of itself, in both languages."""
    name = manifest.name
    return README.format(
        name=f"{name.en} ({name.th})", summary=_both(manifest.summary), serves=_both(manifest.serves),
        version=manifest.version,
    )  # fmt: skip


def _both(words: Text) -> str:
    return "\n\n".join(" ".join(said.split()) for said in (words.en, words.th))

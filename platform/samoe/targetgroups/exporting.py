"""A group as a folder that can be shipped: what was made in a browser, or found, becomes ``samoe_<slug>/``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
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

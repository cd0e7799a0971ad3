"""The beginning of a new module: a folder that is found, valid and ready to be filled in."""

from __future__ import annotations

from pathlib import Path

from samoe.sdk.tables import SLUG
from samoe.targetgroups.discovery import FILE, PREFIX, Module, canonical, load

MANIFEST = """\
# What each key means: docs/modules.md
slug = "{slug}"
version = 1
subject = "person"
name = {{ th = "ชื่อกลุ่มเป้าหมาย", en = "{name}" }}
summary = {{ th = "กลุ่มนี้คือใคร และจังหวัดช่วยอะไร", en = "Who they are, and what the province does for them" }}
serves = {{ th = "ใครอยู่ในกลุ่มนี้", en = "Who belongs to the group" }}

[[fields]]
slug = "needs_help"
type = "flag"
label = {{ th = "ต้องการความช่วยเหลือ", en = "Needs help" }}

[[fields.columns]]
name = "needs_help"
headers = ["ต้องการความช่วยเหลือ"]

[[rules]]
slug = "criteria"
label = {{ th = "เกณฑ์การช่วยเหลือ", en = "Criteria for help" }}

[rules.tree]
field = "needs_help"
op = "is_true"

[[stages]]
slug = "registered"
label = {{ th = "ขึ้นทะเบียนแล้ว", en = "Registered" }}
on = ["enrolled"]
next = ["helped", "left"]
due_after = 30

[[stages]]
slug = "helped"
kind = "done"
label = {{ th = "ช่วยเหลือแล้ว", en = "Helped" }}

[[stages]]
slug = "left"
kind = "dropped"
label = {{ th = "ย้ายหรือพ้นเกณฑ์", en = "Moved or no longer eligible" }}
next = ["registered"]

[[figures]]
key = "registered"
measure = "enrolments"
label = {{ th = "คนในทะเบียน", en = "People on the register" }}
"""
README = """\
# {name}

Whom this group serves, what decides, what help there is, and where that is laid down. What the keys of `module.toml`
mean: `docs/modules.md`.
"""


class CannotBegin(ValueError):
    """The name cannot be used, or is taken."""


def begin(folder: Path, name: str) -> Module:
    """Make ``samoe_<name>`` in ``folder``; ``-`` and ``_`` are alike. Nothing that is there already is touched."""
    slug = canonical(name)
    if not SLUG.fullmatch(slug):
        raise CannotBegin(f"{name}: lower-case English letters, digits and _ only, starting with a letter")
    home = folder / f"{PREFIX}{slug}"
    if home.exists():
        raise CannotBegin(f"{home.name} is there already")
    words = slug.replace("_", " ").capitalize()
    home.mkdir(parents=True)
    (home / FILE).write_text(MANIFEST.format(slug=slug, name=words), encoding="utf-8")
    (home / "README.md").write_text(README.format(name=words), encoding="utf-8")
    return load(home)

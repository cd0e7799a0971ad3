"""Finding shipped target groups: every ``samoe_*/module.toml`` on the import path. Nothing lists them."""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from samoe.sdk import Manifest, ManifestError, Problem, TargetGroup, parse
from samoe.targetgroups.guarded import Guarded

PREFIX = "samoe_"
FILE = "module.toml"
PART = re.compile(r"[\w-]+\.toml")
LONGEST, DEEPEST = 1_000_000, 60
"""Bytes of a file, and tables inside tables; the largest shipped one has a tenth of the bytes."""
WORDS = frozenset({"label", "help"})
WORDS_OF_GROUP = frozenset({"name", "summary", "serves"})
THINGS_OF_GROUP = frozenset({
    "fields", "sections", "scales", "rules", "stages", "benefits", "documents", "figures", "indicators", "settings",
    "encounters", "referrals",
})  # fmt: skip
"""What is words in both languages and what is a list of tables: anywhere, or in the group's own table."""


@dataclass(frozen=True, slots=True)
class Module:
    """A shipped target group: its manifest and the folder it was found in."""

    manifest: Manifest
    folder: Path

    def hooks(self) -> TargetGroup:
        """The group's own Python where it has any, the defaults where it has none."""
        if self.manifest.python is None:
            return TargetGroup()
        module, _, name = self.manifest.python.partition(":")
        hooks: TargetGroup = getattr(import_module(module), name)()
        return hooks


@dataclass(frozen=True, slots=True)
class Broken:
    """A folder that is no module as it is, and every fault of it."""

    folder: Path
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All that lies on a path: modules in the order in which pages list them, and what is broken."""

    modules: tuple[Module, ...]
    broken: tuple[Broken, ...]


def discover(path: tuple[str, ...]) -> tuple[Module, ...]:
    """All modules on ``path``. ``ManifestError`` with the faults of every one that is broken."""
    found = look(path)
    if found.broken:
        raise ManifestError(problem for broken in found.broken for problem in broken.problems)
    return found.modules


def look(path: tuple[str, ...]) -> Found:
    """What lies on ``path``, whatever is broken of it; the first of two folders with one name wins."""
    found: dict[str, Module | Broken] = {}
    for folder in _folders(path):
        if folder.name not in found:
            try:
                found[folder.name] = load(folder)
            except ManifestError as error:
                found[folder.name] = Broken(folder, error.problems)
    whole = [module for module in found.values() if isinstance(module, Module)]
    return Found(
        tuple(sorted(whole, key=lambda module: (module.manifest.order, module.manifest.slug))),
        tuple(broken for broken in found.values() if isinstance(broken, Broken)),
    )


def load(folder: Path) -> Module:
    """The module in ``folder``. ``ManifestError`` names the folder beside the key path of each fault."""
    try:
        manifest = parse(assemble(folder))
    except ManifestError as error:
        raise ManifestError(problem.under(f"{folder.name}: ") for problem in error.problems) from error
    if folder.name != PREFIX + manifest.slug:
        raise ManifestError([Problem(f"{folder.name}: slug", "โฟลเดอร์ต้องชื่อ %(folder)s", folder=PREFIX + manifest.slug)])
    return Module(manifest, folder)


def assemble(folder: Path) -> dict[str, Any]:
    """``module.toml`` with its ``parts`` laid into it: lists are joined, anything else may be said once."""
    data = read_toml(folder / FILE)
    parts = data.pop("parts", [])
    if not isinstance(parts, list) or not all(isinstance(name, str) and PART.fullmatch(name) for name in parts):
        raise ManifestError([Problem("parts", "ต้องเป็นรายการชื่อไฟล์ .toml ในโฟลเดอร์เดียวกัน")])
    for name in parts:
        for key, value in read_toml(folder / name).items():
            _lay(data, key, value, f"{folder.name}/{name}: {key}")
    return data


@lru_cache(maxsize=8)
def _looked(path: tuple[str, ...]) -> Found:
    """As ``look``; a module whose Python cannot be imported is broken, too."""
    found = look(path)
    faults = {module.folder: _fault_of_hooks(module) for module in found.modules}
    broken = tuple(Broken(folder, (fault,)) for folder, fault in faults.items() if fault is not None)
    whole = tuple(module for module in found.modules if faults[module.folder] is None)
    return Found(whole, (*found.broken, *broken))


def _fault_of_hooks(module: Module) -> Problem | None:
    try:
        hooks = module.hooks()
    except Exception as error:  # whatever a module of somebody else's does, the others go on
        return Problem(
            f"{module.folder.name}: python", "นำเข้าไม่ได้: %(fault)s", fault=f"{type(error).__name__}: {error}"
        )
    right = isinstance(hooks, TargetGroup)
    return None if right else Problem(f"{module.folder.name}: python", "ต้องเป็น samoe.sdk.TargetGroup")


def modules() -> tuple[Module, ...]:
    """Every module on the import path as it is now that is whole. Read once."""
    return _looked(tuple(sys.path)).modules


def broken() -> tuple[Broken, ...]:
    """Every folder on the import path that is meant to be a module and is none. The groups are off everywhere."""
    return _looked(tuple(sys.path)).broken


def catalogue() -> Mapping[str, Manifest]:
    """Every shipped manifest by slug, in the order in which pages list them."""
    return {module.manifest.slug: module.manifest for module in modules()}


def hooks_of(manifest: Manifest) -> TargetGroup:
    """The Python of a group in a tenant. Only the installed module of that name is asked which code that is: a version
    made in the browser can keep a module's hooks, never name code of its own choosing."""
    found = next((module for module in modules() if module.manifest.slug == manifest.slug), None)
    if found is None or manifest.python is None or found.manifest.python != manifest.python:
        return TargetGroup()
    return Guarded(manifest.slug, found.hooks())


def canonical(slug: str) -> str:
    """The slug as manifests write it: addresses and commands may use ``-`` for ``_``."""
    return slug.replace("-", "_")


def _folders(path: tuple[str, ...]) -> Iterator[Path]:
    for entry in path:
        root = Path(entry)
        if root.is_dir():
            yield from sorted(file.parent for file in root.glob(f"{PREFIX}*/{FILE}"))


def misshapen(data: Any, at: str = "") -> Iterator[str]:
    """Where words are no table of words, or a list mixes things with others: what no page could show as a draft."""
    if isinstance(data, list):
        if any(isinstance(one, Mapping) for one in data) and not all(isinstance(one, Mapping) for one in data):
            yield at
        for place, one in enumerate(data):
            yield from misshapen(one, f"{at}[{place}]")
    elif isinstance(data, Mapping):
        for key, value in data.items():
            here = f"{at}.{key}" if at else str(key)
            words = key in WORDS or (not at and key in WORDS_OF_GROUP)
            things = key == "options" or (not at and key in THINGS_OF_GROUP)
            right = isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())
            tables = isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
            if (words and not right) or (things and not tables):
                yield here
            else:
                yield from misshapen(value, here)


def _deeper(data: Any, most: int) -> bool:
    """Whether tables and lists lie more than so many deep, found without going down into them."""
    level: list[Any] = [data]
    for _ in range(most):
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def inside(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder in truth, wherever links lead."""
    return file.resolve().is_relative_to(folder.resolve())


def read_toml(file: Path) -> dict[str, Any]:
    """What a file of a group says. ``ManifestError`` for one that is no TOML, that is not there, that leads elsewhere,
    or that is longer than any group is."""
    try:
        if not inside(file, file.parent):
            raise OSError("a link that leads out of the folder")
        if file.stat().st_size > LONGEST:
            raise OSError("longer than any group is")
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        if _deeper(data, DEEPEST):
            raise OSError("tables inside tables, deeper than any group has them")
        return data
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ManifestError([Problem(f"{file.parent.name}/{file.name}", "อ่านไม่ได้: %(fault)s", fault=error)]) from error


def _lay(data: dict[str, Any], key: str, value: Any, where: str) -> None:
    if key not in data:
        data[key] = value
    elif isinstance(value, list) and isinstance(data[key], list):
        data[key] = [*data[key], *value]
    else:
        raise ManifestError([Problem(where, "มีอยู่ในไฟล์อื่นแล้ว")])

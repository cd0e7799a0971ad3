"""The shape of the tree: what keeps a newcomer from getting lost, and ``platform/`` from biting."""

import ast
import os
import re
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ("platform", "modules")
MODULES = sorted(path.parent for path in (ROOT / "modules").glob("samoe_*/module.toml"))
LONGEST = 400
MEDIAN = 80


def tracked(*patterns: str) -> list[Path]:
    """Files under version control, or about to be; what is ignored is nobody's business here."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for line in listed if (path := ROOT / line).is_file()]


def source_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


# A folder named platform that Python could import would hide the standard library's module of that name from
# some programs and not from others. Ruff's own rule (A005) is silent once the folder is a source root.


def test_source_roots_are_never_packages() -> None:
    assert [root for root in SOURCE_ROOTS if (ROOT / root / "__init__.py").exists()] == []


def test_no_test_machinery_lies_under_platform() -> None:
    found = [path for path in tracked("platform/*.py") if re.match(r"(conftest|test_.*)\.py$", path.name)]
    assert found == []


def test_nothing_else_is_called_platform() -> None:
    found = {path.parent for path in tracked("*.py") if "platform" in path.relative_to(ROOT).parts[1:-1]}
    assert found == set()


@pytest.mark.parametrize("safe_path", ["", "1"])
def test_the_standard_library_is_found_from_the_root(safe_path: str) -> None:
    program = "import platform, samoe; print(platform.system()); print(samoe.__file__)"
    environment = {**os.environ, "PYTHONSAFEPATH": safe_path}
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told[0]
    assert Path(told[1]) == ROOT / "platform" / "samoe" / "__init__.py"


def test_every_folder_of_tests_is_a_package() -> None:
    """Two files of the same name in two folders would otherwise be one module to pytest."""
    folders = {path.parent for path in tracked("tests/*.py", "modules/*/tests/*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_is_too_long_to_read() -> None:
    long = {str(path.relative_to(ROOT)): source_lines(path) for path in tracked("*.py", "*.html", "*.sql")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_files_are_short() -> None:
    sizes = [source_lines(path) for path in tracked("platform/*.py") if path.name != "__init__.py"]
    assert statistics.median(sizes) < MEDIAN


def test_no_room_for_odds_and_ends() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "stuff"}
    assert [path for path in tracked("*.py") if {path.stem, path.parent.name} & vague] == []


def test_no_machine_paths() -> None:
    """Nothing in the tree may depend on where one machine keeps it."""
    told = re.compile(rb"/(work|root|home/[a-z]+|tmp/bash_jobs|opt/wheels)/")
    texts = [path for path in tracked() if path.suffix not in {".woff2", ".ttf", ".xlsx", ".png", ".ico"}]
    assert [path for path in texts if path != Path(__file__) and told.search(path.read_bytes())] == []


def test_nothing_is_left_half_done() -> None:
    unfinished = re.compile(
        r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|[Ll]orem ipsum|pytest\.mark\.(skip|xfail)\b"
    )
    files = [path for path in tracked("*.py", "*.html", "*.toml", "*.sql", "*.sh") if path != Path(__file__)]
    assert [path for path in files if unfinished.search(path.read_text(encoding="utf-8"))] == []


def test_the_platform_names_no_target_group() -> None:
    """A group is a folder in modules/ (or a row); adding or removing one changes no line of the platform."""
    words: set[str] = set()
    for folder in MODULES:
        slug = folder.name.removeprefix("samoe_")
        name = tomllib.loads((folder / "module.toml").read_text(encoding="utf-8"))["name"]
        words |= {slug, slug.replace("_", "-"), name["th"], name["en"]}
    named = re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in sorted(words)) or r"(?!)", re.I)
    files = [path for path in tracked("platform", "templates") if path.suffix not in {".woff2", ".ttf", ".ico"}]
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        if (match := named.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


@pytest.mark.parametrize("folder", MODULES, ids=lambda folder: folder.name)
def test_modules_import_only_the_sdk(folder: Path) -> None:
    for path in folder.rglob("*.py"):
        if "tests" in path.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                allowed = name == "samoe.sdk" or name.startswith("samoe.sdk.")
                assert allowed or top == folder.name or top in sys.stdlib_module_names, f"{path}: {name}"


def test_only_the_public_index_is_locked() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    sources = {source for package in lock["package"] for source in package["source"].values()}
    assert sources == {"https://pypi.org/simple", "."}


def test_both_lock_files_name_the_same_versions() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    by_uv = {f"{package['name']}=={package['version']}" for package in lock["package"] if package["name"] != "samoe"}
    exported = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    by_pip = set(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?(==[^\s;\\]+)", exported, re.M))
    assert {"".join(pair) for pair in by_pip} == by_uv, "make lock writes both"
    assert exported.count("--hash=sha256:") >= len(by_uv)

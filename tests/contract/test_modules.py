"""What is asked of every module that is found, the shipped ones and the dummy alike."""

import ast
import dataclasses
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from samoe.sdk import TargetGroup, Text, parse
from samoe.sdk.targetgroup import HOOKS
from samoe.sdk.toml import toml
from samoe.sdk.writing import write_manifest
from samoe.targetgroups import exporting
from samoe.targetgroups.discovery import PREFIX, Module, discover, load
from samoe.targetgroups.skeleton import CannotBegin

HERE = Path(__file__).parent
SHIPPED = Path(__file__).parents[2] / "modules"
MODULES = discover((str(SHIPPED), str(HERE)))


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))


@pytest.fixture(params=MODULES, ids=[module.manifest.slug for module in MODULES])
def module(request: pytest.FixtureRequest) -> Module:
    found: Module = request.param
    return found


def test_every_folder_with_a_module_is_found() -> None:
    folders = {file.parent.name for root in (SHIPPED, HERE) for file in root.glob("*/module.toml")}
    assert {module.folder.name for module in MODULES} == folders


def test_the_folder_is_named_after_the_slug(module: Module) -> None:
    assert module.folder.name == PREFIX + module.manifest.slug


def test_it_introduces_itself(module: Module) -> None:
    assert (module.folder / "README.md").read_text(encoding="utf-8").startswith("# ")


def test_thai_words_are_thai_and_english_ones_english(module: Module) -> None:
    words = list(_texts(module.manifest))
    assert words
    for text in words:
        assert not any("ก" <= sign <= "๛" for sign in text.en), text
        assert text.th != text.en, text


def test_every_stage_can_be_reached_and_open_ones_can_be_left(module: Module) -> None:
    stages = module.manifest.stages
    reached = {name for stage in stages for name in stage.next} | {stage.slug for stage in stages if stage.on}
    for stage in stages:
        assert stage.slug in reached, stage.slug
        assert stage.next or stage.kind != "open", stage.slug


def test_someone_enrolled_has_a_place_on_the_path(module: Module) -> None:
    assert "enrolled" in {event for stage in module.manifest.stages for event in stage.on}


def test_its_python_overrides_known_hooks_only(module: Module) -> None:
    hooks = module.hooks()
    assert isinstance(hooks, TargetGroup)
    if module.manifest.python is not None:
        own = {name for name in vars(type(hooks)) if not name.startswith("_")}
        assert own <= set(HOOKS)


def test_it_imports_the_standard_library_itself_and_the_sdk_only(module: Module) -> None:
    for file in module.folder.rglob("*.py"):
        for name in _imports(file):
            allowed = name.split(".")[0] in (*sys.stdlib_module_names, module.folder.name)
            assert allowed or name == "samoe.sdk" or name.startswith("samoe.sdk."), f"{file.name} imports {name}"


def test_it_owns_no_tables_and_its_templates_lie_under_its_own_name(module: Module) -> None:
    for template in module.folder.rglob("*.html"):
        assert template.relative_to(module.folder).parts[:2] == ("templates", module.folder.name)
    assert not list(module.folder.rglob("migrations"))


def test_demo_counts_fit_each_other(module: Module) -> None:
    for province in module.manifest.demo.provinces if module.manifest.demo else ():
        people = dict(province.by_district)
        for district, count in people.items():
            decided = dict(province.qualifies).get(district, 0) + dict(province.unknown).get(district, 0)
            assert decided <= count, (province.code, district)
        for exact in province.exact:
            assert all(count <= people.get(district, 0) for district, count in exact.by_district)
        for payments in province.payments:
            assert payments.paid <= sum(people.values())
            assert payments.excepted + payments.bounced_then_paid <= payments.paid


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name} imports relatively"
            yield node.module or ""


def test_a_module_that_reaches_into_the_platform_would_be_caught(tmp_path: Path) -> None:
    file = tmp_path / "hooks.py"
    file.write_text("from samoe.registry import persons\nimport sqlalchemy\n")
    assert list(_imports(file)) == ["samoe.registry", "sqlalchemy"]


def test_the_dummy_loads_by_itself() -> None:
    assert load(HERE / "samoe_dummy").manifest.version == 3


def test_it_can_be_written_as_it_was_read(module: Module) -> None:
    data = write_manifest(module.manifest)
    assert parse(data) == module.manifest
    assert tomllib.loads(toml(data)) == data


def test_it_can_be_exported_as_a_folder_that_says_the_same(module: Module, tmp_path: Path) -> None:
    made = exporting.export(module.manifest, tmp_path, module.folder)
    assert made.manifest == module.manifest
    assert {file.name for file in made.folder.rglob("*.py")} == {file.name for file in module.folder.rglob("*.py")}
    assert (made.folder / "module.toml").read_text(encoding="utf-8").startswith(exporting.MEANING)
    with pytest.raises(CannotBegin, match="there already"):
        exporting.export(module.manifest, tmp_path)

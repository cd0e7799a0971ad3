"""Finding modules, and beginning one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from samoe.cli.modules import command
from samoe.i18n import use_locale
from samoe.sdk import ManifestError
from samoe.targetgroups.discovery import canonical, catalogue, discover, load, modules
from samoe.targetgroups.skeleton import CannotBegin, begin


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Faults are said in the language of the moment."""
    with use_locale("en"):
        yield


FIGURE = '[[figures]]\nkey = "registered"\nmeasure = "surveyed"\nlabel = { th = "ก", en = "a" }'


def test_modules_are_found_in_the_order_of_pages() -> None:
    orders = [module.manifest.order for module in modules()]
    assert orders == sorted(orders)
    assert list(catalogue()) == [module.manifest.slug for module in modules()]


def test_addresses_may_use_dashes() -> None:
    assert canonical("young-mothers") == "young_mothers"


def test_a_new_module_is_found_and_valid(tmp_path: Path) -> None:
    begin(tmp_path, "young-mothers")
    (found,) = discover((str(tmp_path), str(tmp_path / "nowhere")))
    assert found.manifest.slug == "young_mothers"
    assert (found.folder / "README.md").read_text(encoding="utf-8").startswith("# Young mothers")


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    begin(tmp_path, "young_mothers")
    (tmp_path / "samoe_young_mothers" / "README.md").write_text("# Ours\n", encoding="utf-8")
    with pytest.raises(CannotBegin, match="there already"):
        begin(tmp_path, "young-mothers")
    assert (tmp_path / "samoe_young_mothers" / "README.md").read_text(encoding="utf-8") == "# Ours\n"


@pytest.mark.parametrize("name", ["", "Young", "../x", "1st", "a b", "แม่"])
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotBegin):
        begin(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_must_carry_the_slug(tmp_path: Path) -> None:
    begin(tmp_path, "young_mothers").folder.rename(tmp_path / "samoe_other")
    with pytest.raises(ManifestError, match="the folder must be samoe_young_mothers"):
        load(tmp_path / "samoe_other")


def test_a_fault_is_named_with_its_folder(tmp_path: Path) -> None:
    file = begin(tmp_path, "young_mothers").folder / "module.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[[figures]]\nkey = "x"\n', encoding="utf-8")
    with pytest.raises(ManifestError, match=r"samoe_young_mothers: figures\[1\]\.label: is missing"):
        load(file.parent)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (None, "rest.toml: cannot be read"),
        ("this is not toml", "rest.toml: cannot be read"),
        ('slug = "other"', "rest.toml: slug: is said in another file already"),
        (FIGURE, "registered is there twice"),
    ],
)  # fmt: skip
def test_parts_are_laid_into_the_manifest_once(tmp_path: Path, part: str | None, message: str) -> None:
    file = begin(tmp_path, "young_mothers").folder / "module.toml"
    file.write_text('parts = ["rest.toml"]\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    if part is not None:
        (file.parent / "rest.toml").write_text(part, encoding="utf-8")
    with pytest.raises(ManifestError, match=message):
        load(file.parent)


def test_the_command_lists_what_is_installed() -> None:
    shown = CliRunner().invoke(command, ["list"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) == len(modules())

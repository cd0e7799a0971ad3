"""The provinces' files: all 20 there, readable, agreeing with the area codes and with the shipped groups."""

from collections.abc import Iterator
from pathlib import Path

import geothai
import pytest

from samoe.admin.province_files import Province, provinces
from samoe.i18n import use_locale
from samoe.sdk import ManifestError
from samoe.targetgroups.discovery import catalogue


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Faults are said in the language of the moment."""
    with use_locale("en"):
        yield


FOLDER = Path(__file__).parents[2] / "tenants"
PILOTS = {
    "50",
    "58",
    "52",
    "55",
    "54",
    "64",
    "65",
    "40",
    "44",
    "32",
    "37",
    "34",
    "30",
    "71",
    "26",
    "21",
    "84",
    "83",
    "95",
    "90",
}


@pytest.fixture(scope="module")
def files() -> tuple[Province, ...]:
    return provinces(FOLDER)


def by_slug(files: tuple[Province, ...], slug: str) -> Province:
    return next(province for province in files if province.slug == slug)


def test_the_twenty_pilot_provinces_are_there_in_the_funds_order(files: tuple[Province, ...]) -> None:
    assert {province.code for province in files} == PILOTS
    assert [province.order for province in files] == list(range(1, 21))


def test_names_and_districts_are_those_of_the_area_codes(files: tuple[Province, ...]) -> None:
    known = {province.code: province for province in geothai.provinces()}
    for province in files:
        assert province.name.th == known[province.code].name_th
        assert province.slug == province.name.en.lower().replace(" ", "-")
        named = {code for partner in province.partners for code in partner.districts}
        named |= {code for phase in province.phases for group in phase.groups for code in group.districts}
        assert named <= {district.code for district in geothai.districts(province.code)}


def test_groups_benefits_and_settings_exist(files: tuple[Province, ...]) -> None:
    manifests = catalogue()
    for province in files:
        for group in (group for phase in province.phases for group in phase.groups):
            manifest = manifests[group.slug]
            for benefit in group.benefits:
                assert manifest.benefit(benefit.slug)
            for slug, _ in group.settings:
                assert manifest.setting(slug)


def test_only_two_provinces_are_configured_and_the_rest_start_with_two_groups(files: tuple[Province, ...]) -> None:
    assert {province.slug for province in files if province.configured} == {"lampang", "phuket"}
    for province in files:
        if not province.configured:
            assert [group.slug for group in province.phases[0].groups] == ["early_childhood", "out_of_school"]


def test_lampang_says_what_its_source_says(files: tuple[Province, ...]) -> None:
    lampang = by_slug(files, "lampang")
    groups = {group.slug: group for group in lampang.phases[0].groups}
    subsidy, grant = groups["early_childhood"].benefits[0], groups["centre_development"].benefits[0]
    assert lampang.since_year == 2562 - 543
    assert not lampang.phases[0].dates_stated
    assert groups["early_childhood"].register == "population"
    assert (subsidy.min, subsidy.max) == (80_000, 80_000)
    assert (grant.min, grant.max) == (700_000, 2_500_000)
    assert groups["out_of_school"].source == "survey"
    assert all(not group.targets for group in groups.values())


def test_phuket_says_what_its_source_says(files: tuple[Province, ...]) -> None:
    phase = by_slug(files, "phuket").phases[0]
    groups = {group.slug: group for group in phase.groups}
    target = groups["out_of_school"].targets[0]
    assert (phase.number, phase.starts_on.isoformat(), phase.ends_on.isoformat()) == (2, "2021-01-15", "2022-01-14")
    assert phase.dates_stated
    assert groups["early_childhood"].register == "target_list"
    assert groups["out_of_school"].source == "list"
    assert (target.min, target.max) == (850, 1000)
    assert all(not group.benefits for group in groups.values())


def test_a_file_with_a_fault_is_named_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "round.toml").write_text("starts_on = 2021-01-15\nends_on = 2022-01-14\n")
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "tenant.toml").write_text(
        'code = "99"\norder = 1\nname = { th = "ก" }\n[[phases]]\nnumber = 1\nfoo = 1\n'
    )
    with pytest.raises(ManifestError) as caught:
        provinces(tmp_path)
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {"nowhere.name.en", "nowhere.phases[0].foo"}

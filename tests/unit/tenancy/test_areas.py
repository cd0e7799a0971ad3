"""Codes and names of areas: looked up in memory, loaded into the table once."""

import pytest
from sqlalchemy import text

from samoe.db.engine import engine
from samoe.settings import Settings
from samoe.tenancy import areas


def test_loading_is_complete_and_idempotent(settings: Settings) -> None:
    with engine(settings.dsn("app")).begin() as connection:
        assert areas.load(connection) == 77 + 928 + 7436
        assert areas.load(connection) == 0
        counted = connection.execute(text("select kind, count(*) as number from areas group by 1")).all()
    assert {row.kind: row.number for row in counted} == {"province": 77, "district": 928, "subdistrict": 7436}


def test_loading_mends_what_differs_and_keeps_codes_that_ended(settings: Settings) -> None:
    with engine(settings.dsn("app")).begin() as connection:
        areas.load(connection)
        connection.execute(text("update areas set name_en = 'Lakhon' where code = '52'"))
        connection.execute(
            text("insert into areas (code, kind, name_th, name_en) values ('520299', 'subdistrict', 'เก่า', 'Old')")
        )
        assert areas.load(connection) == 2
        assert connection.scalar(text("select name_en from areas where code = '52'")) == "Lampang"
        assert connection.scalar(text("select valid_to is not null from areas where code = '520299'"))
        assert areas.load(connection) == 0


def test_a_province_knows_its_districts_and_subdistricts() -> None:
    assert [len(areas.districts(code)) for code in ("52", "83")] == [13, 3]
    assert [len(areas.subdistricts(code)) for code in ("52", "83", "8301")] == [100, 17, 8]
    assert [area.th for area in areas.districts("83")] == ["เมืองภูเก็ต", "กะทู้", "ถลาง"]
    assert areas.districts("00") == areas.subdistricts("0000") == ()


def test_names_are_in_both_languages() -> None:
    assert (areas.name_of("5205"), areas.name_of("5205", "en")) == ("งาว", "Ngao")
    assert (areas.name_of("999999"), areas.name_of(None)) == ("999999", "")


@pytest.mark.parametrize(
    "typed", ["เมือง", "อ.เมือง", "อำเภอ เมืองลำปาง", " เมือง\u200bลำปาง ", "Mueang Lampang", "mueang"]
)
def test_a_district_is_found_as_people_write_it(typed: str) -> None:
    found = areas.district_named("52", typed)
    assert found is not None
    assert found.code == "5201"


def test_a_name_that_repeats_is_told_apart_by_its_district() -> None:
    twice = areas.subdistricts_named("52", "ต.บ้านแลง") + areas.subdistricts_named("52", "บ้านเป้า")
    assert all(area.code.startswith("52") for area in twice)
    repeated = areas.subdistricts_named("50", "สันทราย")
    assert len(repeated) > 1
    one = areas.subdistricts_named("50", "สันทราย", repeated[0].parent_code)
    assert one == (repeated[0],)


def test_every_area_is_found_under_its_own_name() -> None:
    for province in areas.provinces():
        for district in areas.districts(province.code):
            assert areas.district_named(province.code, district.th) == district
            for area in areas.subdistricts(district.code):
                assert areas.subdistricts_named(province.code, area.th, district.code) == (area,)

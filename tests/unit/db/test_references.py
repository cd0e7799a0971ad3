"""References that are checked by the statement hold like foreign keys, in both directions and between two at work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.intake.models import ImportRow
from samoe.registry.models import Placement
from tests.conftest import Database
from tests.factories.province import MAE_MO, Province, open_lampang

GROUP = "out_of_school"


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    return open_lampang(database, tmp_path, {GROUP: "list"})


def _placed(province: Province) -> tuple[UUID, UUID]:
    """A person and the institution where they are."""
    person, _ = province.enrol(GROUP, area=MAE_MO)
    place = province.centre(area=MAE_MO)
    with province.work() as db:
        db.add(Placement(person_id=person, institution_id=place))
    return person, place


def _refused(db: Session, statement: str, **values: object) -> None:
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(text(statement), values)


def test_a_reference_to_nothing_is_refused_on_insert_and_on_update(lampang: Province) -> None:
    person, _ = _placed(lampang)
    row = {"sheet_no": 0, "sheet": "a", "row_no": 1, "judged_as": "ok", "reasons": [], "typed": []}
    for stray in (Placement(person_id=person, institution_id=uuid4()), ImportRow(batch_id=uuid4(), **row)):
        with lampang.trying() as db, pytest.raises(IntegrityError), db.begin_nested():
            db.add(stray)
    with lampang.work() as db:
        _refused(db, "update placements set institution_id = :id", id=uuid4())
        _refused(db, "update enrolments set area_code = '529999'")
        _refused(db, "update enrolments set person_id = :id", id=uuid4())
        _refused(db, "update enrolments set carried_from_id = :id", id=uuid4())
        _refused(db, "update placements set person_id = :id", id=uuid4())
        _refused(db, "update enrolments set institution_id = :id", id=uuid4())
        _refused(db, "update enrolments set phase_id = :id", id=uuid4())
        _refused(db, "update enrolments set group_id = :id", id=uuid4())
        _refused(db, "update persons set area_code = '529999'")


def test_another_tenants_row_is_nothing_to_refer_to(lampang: Province, database: Database) -> None:
    _placed(lampang)
    foreign = uuid4()
    with psycopg.connect(database.superuser) as connection:
        connection.execute(
            "insert into areas (code, kind, name_th, name_en) values ('83', 'province', 'ภูเก็ต', 'Phuket');"
            "insert into tenants (id, public_id, slug, kind, name_th, name_en)"
            " values (83, gen_random_uuid(), 'phuket', 'province', 'ภูเก็ต', 'Phuket')"
        )
        connection.execute(
            "insert into institutions (tenant_id, id, kind, name, name_key, sort_key, area_code, area_bit)"
            " values (83, %s, 'school', 'ก', 'ก', 'ก', '83', 2)", (foreign,),
        )  # fmt: skip
    with lampang.work() as db:
        _refused(db, "update placements set institution_id = :id", id=foreign)


def test_what_is_referred_to_cannot_be_deleted(lampang: Province) -> None:
    _, place = _placed(lampang)
    with lampang.work() as db:
        _refused(db, "delete from institutions where id = :id", id=place)
        _refused(db, "delete from phases")
        _refused(db, "delete from persons")
        _refused(db, "update institutions set id = gen_random_uuid() where id = :id", id=place)
        db.execute(text("delete from placements"))
        db.execute(text("delete from institutions where id = :id"), {"id": place})


def test_what_only_hangs_on_a_person_goes_with_the_person(lampang: Province, database: Database) -> None:
    goes, place = _placed(lampang)
    stays, _ = lampang.enrol(GROUP, area=MAE_MO)
    with lampang.work() as db:
        db.add(Placement(person_id=stays, institution_id=place))
    with lampang.work() as db:
        db.execute(text("delete from enrolments"))
        db.execute(text("delete from persons where id = :id"), {"id": goes})
    with psycopg.connect(database.superuser) as connection:
        assert connection.execute("select person_id from placements").fetchall() == [(stays,)]
        kept = connection.execute("select operation from row_history where table_name = 'placements'").fetchall()
        assert kept == [("delete",)]
        connection.execute("delete from persons")
        assert connection.execute("select 1 from placements").fetchall() == []


def test_neither_the_tenant_that_is_set_nor_the_role_opens_a_way(lampang: Province, database: Database) -> None:
    _, place = _placed(lampang)
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        for tenant in ("", "83"):
            connection.execute("select set_config('app.tenant', %s, false)", (tenant,))
            for statement in (
                "delete from institutions where id = %s",
                "update institutions set tenant_id = 84 where id = %s",
            ):
                with pytest.raises(psycopg.errors.ForeignKeyViolation):
                    connection.execute(statement, (place,))
            with pytest.raises(psycopg.errors.ForeignKeyViolation):
                connection.execute("truncate institutions cascade")
            assert connection.execute("select current_setting('app.tenant')").fetchone() == (tenant,)
        connection.execute("begin isolation level repeatable read")
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            connection.execute("delete from institutions where id = %s", (place,))


def test_an_area_is_neither_deleted_nor_given_another_code(lampang: Province, database: Database) -> None:
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        for statement in ("delete from areas", "truncate areas cascade", "update areas set code = code || '0'"):
            with pytest.raises(psycopg.errors.ForeignKeyViolation):
                connection.execute(statement)
        connection.execute("update areas set name_en = name_en")


def test_what_was_deleted_meanwhile_is_not_referred_to(lampang: Province, database: Database) -> None:
    person, _ = lampang.enrol(GROUP, area=MAE_MO)
    place = lampang.centre(area=MAE_MO)
    with psycopg.connect(database.superuser) as other, ThreadPoolExecutor(1) as beside:
        other.execute("delete from institutions where id = %s", (place,))

        def refer() -> None:
            with lampang.work() as db:
                db.add(Placement(person_id=person, institution_id=place))

        waiting = beside.submit(refer)
        with pytest.raises(TimeoutError):
            waiting.result(0.5)
        other.commit()
        with pytest.raises(IntegrityError):
            waiting.result(20)


def test_what_is_just_being_referred_to_cannot_be_deleted_beside_it(lampang: Province, database: Database) -> None:
    person, _ = lampang.enrol(GROUP, area=MAE_MO)
    place = lampang.centre(area=MAE_MO)
    with psycopg.connect(database.superuser) as other, lampang.work() as db:
        db.add(Placement(person_id=person, institution_id=place))
        db.flush()
        other.execute("set lock_timeout = '100ms'")
        other.commit()
        for statement in (
            "delete from institutions where id = %s",
            "update institutions set tenant_id = 84 where id = %s",
        ):
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute(statement, (place,))
            other.rollback()


def test_every_declared_reference_has_its_triggers(database: Database) -> None:
    with psycopg.connect(database.superuser) as connection:
        found = {row[0] for row in connection.execute("select tgname || ' ' || tgrelid::regclass from pg_trigger")}
    for table in metadata().tables.values():
        for column, into in table.info.get("refers", {}).items():
            assert {f"refers_insert {table.name}", f"refers_update {table.name}"} <= found
            if into != "areas":
                for event in ("delete", "update", "truncate"):
                    assert f"{table.name}_{column}_{event} {into}" in found


MANY = "insert into placements (id, person_id, institution_id) select gen_random_uuid(), :person, id from institutions"
SCHOOLS = (
    "insert into institutions (id, kind, name, name_key, sort_key, area_code, area_bit)"
    " select gen_random_uuid(), 'school', n::text, n::text, n::text, '52', 2 from generate_series(1, 1100) n"
)


def test_of_many_at_once_a_stray_one_is_found_whether_the_others_are_old_or_new(lampang: Province) -> None:
    person, _ = lampang.enrol(GROUP, area=MAE_MO)
    stray = f"{MANY} union all select gen_random_uuid(), :person, gen_random_uuid()"
    for makes in (SCHOOLS, "select 1"):
        with lampang.work() as db:
            db.execute(text(makes))
            _refused(db, stray, person=person)
            db.execute(text(MANY), {"person": person})


def test_of_many_at_once_those_that_were_there_before_are_held(lampang: Province, database: Database) -> None:
    person, _ = lampang.enrol(GROUP, area=MAE_MO)
    with lampang.work() as db:
        db.execute(text(SCHOOLS))
    with psycopg.connect(database.superuser) as other, lampang.work() as db:
        db.execute(text(MANY), {"person": person})
        other.execute("set lock_timeout = '100ms'")
        other.commit()
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("delete from institutions where name = '700'")
        other.rollback()


def test_of_many_at_once_one_that_this_transaction_took_away_is_nothing(lampang: Province) -> None:
    person, _ = lampang.enrol(GROUP, area=MAE_MO)
    with lampang.work() as db:
        db.execute(text(SCHOOLS))
        db.execute(text("create temporary table kept on commit drop as select id from institutions"))
        db.execute(text("delete from institutions where name = '700'"))
        _refused(db, MANY.replace("from institutions", "from kept"), person=person)

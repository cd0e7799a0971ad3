"""The demonstration against what Lampang and Phuket published: every figure out of single records, number by number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from samoe import demo
from samoe.funding.ledger import queries as books
from samoe.reporting.figures import figures, phase_shown
from tests.unit.demo.conftest import FUND, LAMPANG, PHUKET, Shown

pytestmark = pytest.mark.slow


def published(shown: Shown, tenant_id: int) -> dict[str, dict[str, object]]:
    """What ``samoe figures`` prints, of the groups of which something was published."""
    today = datetime.now(UTC).date()
    with shown.of(tenant_id) as db:
        phase = phase_shown(db, today)
        assert phase is not None
        found = {one.group.slug: dict(one.values) for one in figures(db, phase, today)}
    return {slug: found[slug] for slug in ("early_childhood", "centre_development", "out_of_school")}


def test_lampang_is_what_lampang_published(shown: Shown) -> None:
    assert published(shown, LAMPANG) == {
        "early_childhood": {
            "registered": 5197, "basis": "population", "qualifies": 2050, "unknown": 70, "assisted": 2050,
            "per_person_baht": 800, "total_baht": 1_640_000, "centres": 173, "subdistricts": 100, "districts": 13,
            "processed": None, "processed_by_district": None,
        },
        "centre_development": {
            "centres": 19, "granted": 19, "total_baht": 432_250, "min_baht": 7000, "max_baht": 25000,
            "complete": None, "complete_by_district": None, "pending": None,
        },
        "out_of_school": {
            "listed": None, "listed_by_district": None, "surveyed": 4056, "need_help": 140, "target_min": None,
            "target_max": None,
        },
    }  # fmt: skip


def test_phuket_is_what_phuket_published(shown: Shown) -> None:
    assert published(shown, PHUKET) == {
        "early_childhood": {
            "registered": 3217, "basis": "target", "qualifies": None, "unknown": None, "assisted": None,
            "per_person_baht": None, "total_baht": None, "centres": 35, "subdistricts": 17, "districts": 3,
            "processed": 397, "processed_by_district": {"8301": 195, "8302": 106, "8303": 96},
        },
        "centre_development": {
            "centres": 35, "granted": None, "total_baht": None, "min_baht": None, "max_baht": None, "complete": 31,
            "complete_by_district": {"8301": 16, "8302": 5, "8303": 10}, "pending": 4,
        },
        "out_of_school": {
            "listed": 9807, "listed_by_district": {"8301": 3851, "8302": 2316, "8303": 3640}, "surveyed": None,
            "need_help": None, "target_min": 850, "target_max": 1000,
        },
    }  # fmt: skip


@pytest.mark.parametrize("tenant_id", [LAMPANG, FUND])
def test_the_books_prove_themselves(shown: Shown, tenant_id: int) -> None:
    with shown.of(tenant_id) as db:
        assert books.prove(db).faults == ()
        assert sum(balance.entries for balance in books.trial_balance(db)) == 0


def test_all_of_lampangs_money_reached_somebody(shown: Shown) -> None:
    with shown.of(LAMPANG) as db:
        held = {balance.kind: balance.available // 100 for balance in books.trial_balance(db)}
    assert (held.pop("fund_source"), held.pop("paid")) == (-2_072_250, 2_072_250)
    assert set(held.values()) == {0}


def test_a_second_load_adds_nothing(shown: Shown) -> None:
    before = content(shown)
    again = demo.load(shown.settings)
    assert set(again.provinces.values()) == {demo.WAS_LOADED}
    assert again.accounts == ()
    assert content(shown) == before


def content(shown: Shown) -> dict[str, tuple[Any, ...]]:
    """How many rows each table of the three tenants has, and a digest of them."""
    found = {}
    for tenant_id in (FUND, LAMPANG, PHUKET):
        with shown.of(tenant_id) as db:
            tables = db.scalars(
                text("select table_name from information_schema.columns where column_name = 'tenant_id'"
                     " and table_schema = 'public' order by 1")
            ).all()  # fmt: skip
            digest = "md5(string_agg(md5(t::text), '' order by t::text))"
            for table in tables:
                row = db.execute(text(f"select count(*), {digest} from {table} t")).one()
                found[f"{tenant_id} {table}"] = tuple(row)
    return found

"""Catalogue P-01: a day of work leaves no name, number or token in logs, addresses, queues, keys or error pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import text

from samoe.kit.faults import told
from samoe.registry.persons import actions as persons
from tests.fixtures_people import Client
from tests.unit.privacy.ward import GUARDIAN, LAST, NUMBER, Ward

NAMES = ("ฟ้าใส", "ทองดี", "ขวัญใจ", "สมใจ ใจมา", "1529900000019", "1529900000027", NUMBER, LAST, GUARDIAN)
WORKERS = ("lampang.lead", "lampang.officer", "lampang.finance", "lampang.dpo", "lampang.auditor", "lampang.signatory")
LINKS = re.compile(r'(?:href|action|src|hx-(?:get|post)|formaction)="([^"]*)"')
PRESIGNED = re.compile(r"X-Amz-(?:Signature|Credential)|[?&]Signature=", re.IGNORECASE)
LONG_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,}")


class Watched:
    """Everything that a browser was given which outlives the page: addresses, headers, pages of errors."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.addresses: set[str] = set()
        self.errors: list[str] = []
        self.tokens: set[str] = set()
        self.pages = 0

    def client(self, name: str) -> Client:
        client = self.ward.people.client_of(name)
        self.tokens |= {cookie.value for cookie in client.cookies.jar if cookie.value}
        self.tokens.add(self.ward.people.token_of(client))
        return client

    def seen(self, answer: object) -> None:
        self.pages += 1
        self.addresses.add(str(answer.request.url))  # type: ignore[attr-defined]
        self.addresses |= {value for name, value in answer.headers.items() if name in {"location", "hx-redirect"}}  # type: ignore[attr-defined]
        if "text/html" in answer.headers.get("content-type", ""):  # type: ignore[attr-defined]
            self.addresses |= set(LINKS.findall(answer.text))  # type: ignore[attr-defined]
        # A form that is shown again (409, 422) gives back what its sender typed, to them alone.
        if answer.status_code >= 400 and answer.status_code not in {409, 422}:  # type: ignore[attr-defined]
            self.errors.append(answer.text)  # type: ignore[attr-defined]

    def get(self, client: Client, path: str) -> None:
        self.seen(client.get(path))

    def post(self, client: Client, path: str, **fields: str) -> None:
        self.seen(self.ward.people.post(client, path, **fields))


def words(ward: Ward) -> set[str]:
    return {*ward.words, *NAMES}


def day(watched: Watched) -> None:
    """The main pages as those who work there open them, and forms that go well, go wrong and are refused."""
    ward = watched.ward
    with ward.superuser as connection:
        case, entitlement, allocation = (
            connection.execute(f"select {column} from {table} where {column} is not null limit 1").fetchone()[0]  # type: ignore[arg-type,index]
            for column, table in (("enrolment_id", "entitlements"), ("id", "entitlements"), ("id", "allocations"))
        )
    child, paid = f"/people/{ward.child}", f"/payments/{ward.paid}"
    pages = [
        "/", "/cases/early_childhood", "/cases/early_childhood?sort=due", child, f"{child}/edit",
        f"{child}/identifiers", f"{child}/consents", f"{child}/payments", f"{child}/access", "/imports",
        f"/imports/{ward.batch}", "/people/duplicates", paid, f"{paid}/sheets", f"{paid}/evidence", "/payments",
        "/requests", "/audit", "/privacy", f"/privacy/people/{ward.child}", "/privacy/record", "/members", "/notices",
        f"/enrolments/{case}/refer", f"/enrolments/{case}/encounter", f"/allocations/{allocation}",
        f"/entitlements/{entitlement}", f"/audit?id={ward.child}", "/no/such/page", "/healthz",
        "/people/00000000-0000-4000-8000-000000000000",
    ]  # fmt: skip
    for name in WORKERS:
        client = watched.client(name)
        for path in pages:
            watched.get(client, path)
    officer = watched.client("lampang.officer")
    watched.post(officer, f"/people/{ward.child}/identifiers", identifier="1529900000019")
    watched.post(officer, f"/people/{ward.child}/reveal", reason="ตรวจกับบัตรประชาชน")
    watched.post(officer, "/cases/early_childhood/new", first_name="ฟ้าใส", last_name="", identifier=NUMBER)
    watched.post(officer, "/privacy/people", child="ฟ้าใส ทองดี")
    watched.post(officer, "/words", to="/search", q="ฟ้าใส ทองดี")
    watched.post(officer, f"/people/{ward.others[0]}/edit", first_name="ฟ้าใส", last_name="ทองดี", row_version="99")
    watched.post(watched.client("lampang.dpo"), "/audit/people", child="ขวัญใจ")
    watched.post(watched.client("lampang.auditor"), f"/people/{ward.child}/edit", first_name="ฟ้าใส")


def fall_over(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the middle of a request, of the kind whose message repeats a value."""

    typed = " ".join(NAMES[:2])  # a told fault shows lines of code

    def reads_badly(db: object, *_: object, **__: object) -> None:
        db.execute(text("select cast(:typed as integer)"), {"typed": typed})  # type: ignore[attr-defined]

    monkeypatch.setattr(persons, "reveal", reads_badly)
    client = ward.people.client_of("lampang.officer")
    answer = ward.people.post(client, f"/people/{ward.child}/reveal", reason="ตรวจกับบัตรประชาชน")
    assert answer.status_code == 500
    assert "ทองดี" not in answer.text


def kept(ward: Ward) -> Iterator[tuple[str, str]]:
    """What is kept beside the register: queued work and its results, keys of forms, notices, the trail."""
    with ward.superuser as connection:
        for place, query in (
            ("queue", "select message::text from dramatiq.queue"),
            ("results", "select result::text from dramatiq.result"),
            ("keys", "select concat(key, location, request_hash) from idempotency_keys"),
            ("notices", "select params::text from notices"),
            (
                "trail",
                "select concat_ws(' ', verb, subject_type, subject_id, detail::text, request_id) from audit_events",
            ),
            ("reports", "select concat(went, held) from retention_runs"),
            ("processes", "select concat(application_name, query) from pg_stat_activity where usename like 'samoe%'"),
        ):
            for (row,) in connection.execute(query):  # type: ignore[arg-type]
                yield place, row or ""


def test_p_01_a_day_of_work_leaves_no_personal_data_where_none_belongs(
    ward: Ward, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, open_home: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the test's own browser
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    server_logs = {path: path.stat().st_size for path in open_home.rglob("*.log")}
    watched = Watched(ward)
    day(watched)
    fall_over(ward, monkeypatch)
    forbidden = words(ward)

    assert watched.pages > 150
    assert len(watched.addresses) > 200
    assert [(a, w) for a in watched.addresses for w in forbidden if w in unquote(a.replace("&amp;", "&"))] == []
    assert [a for a in watched.addresses if PRESIGNED.search(a) or any(t in unquote(a) for t in watched.tokens)] == []
    assert [a for a in watched.addresses if LONG_TOKEN.search(re.sub(r"[0-9a-f-]{36}", "", urlsplit(a).query))] == []
    assert [w for page in watched.errors for w in forbidden if w in page] == []
    assert [
        t for page in watched.errors for t in watched.tokens if t in re.sub(r'(csrf|token)[^>]*"[^"]*"', "", page)
    ] == []
    assert [(place, w) for place, row in kept(ward) for w in forbidden | watched.tokens if w in row] == []
    assert "failed" in caplog.text
    assert [w for w in forbidden | watched.tokens if w in caplog.text] == []
    for path, size in server_logs.items():
        grown = path.read_bytes()[size:].decode(errors="replace")
        assert [w for w in forbidden if w in grown] == [], path.name


def test_a_fault_is_told_by_its_kind_and_place_and_not_by_its_words() -> None:
    try:
        try:
            int(NUMBER + "ก")
        except ValueError as fault:
            raise RuntimeError(GUARDIAN) from fault
    except RuntimeError as fault:
        line = told(fault)
    assert NUMBER not in line
    assert GUARDIAN not in line
    assert "ValueError" in line
    assert "RuntimeError" in line
    assert "test_traces.py" in line

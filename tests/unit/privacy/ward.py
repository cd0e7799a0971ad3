"""Three children who came in a file, were paid and cared for, in a province with its whole cast. One of them is erased.

Everything that the data dictionary lets go of the one is a word or number of its own (a canary), in rows of every table
that may hold something of a person, in former values, in files and in what was staged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import select, update

from samoe.casework.models import Enrolment
from samoe.db.table import new_id
from samoe.files import keep
from samoe.funding.batches import actions as batches
from samoe.funding.batches.forms import Result
from samoe.funding.batches.models import PaymentBatch
from samoe.funding.batches.seals import seal
from samoe.funding.entitlements.actions import entitle
from samoe.identity import Actor
from samoe.intake.batches import actions as imports
from samoe.intake.batches import reading
from samoe.jobs import Work
from samoe.kit import clock
from samoe.privacy.dictionary import TableEntry, of_persons
from samoe.programmes.models import Agreement, Benefit, Phase, PhaseGroup, Programme
from samoe.registry.models import Person
from tests.factories.money import BAHT, CENTRES, CHILDREN, DAY, Money
from tests.factories.province import PHASE, Province
from tests.fixtures_people import People
from tests.isolation.filling import Filling

HEAD = "ที่,เลขประจำตัวประชาชน,ชื่อ,นามสกุล,ตำบล,อำเภอ,ชื่อ ศพด.,สมาชิกครัวเรือน,ชื่อผู้ปกครอง\n"
NUMBER = "1100700500174"
FIRST, LAST, GUARDIAN = "กานดาวสี", "ขมิ้นทองคำ", "นางสาวผการัตน์ ขมิ้นทองคำ"
FILE = (
    f"{HEAD}1,{NUMBER},{FIRST},{LAST},หลวงเหนือ,งาว,บ้านดง,4,{GUARDIAN}\n"
    "2,1529900000019,ฟ้าใส,ทองดี,หลวงเหนือ,งาว,บ้านดง,4,สมศรี ทองดี\n"
    "3,1529900000027,ขวัญใจ,ใจมา,บ้านร้อง,งาว,บ้านดง,5,สมใจ ใจมา\n"
    f"4,1-1007-00500-17-4,,{LAST},หลวงเหนือ,งาว,บ้านดง,4,{GUARDIAN}\n"
)
"""The last line is not taken in: it has no first name. Its number says whose it is."""
BESIDE = "99/ข้างบ้าน"
"""A neighbour's own, in tables whose rows are not told apart by a person."""
CASH = 10_000
KEEP_THEIR_OWN = {"title", "sex", "value", "search_name", "identifier"}
"""Columns of too few values to tell whose one is, and those by which lines of files are found."""


@dataclass
class Ward:
    """The province, the child to be erased and the neighbours."""

    people: People
    money: Money
    child: UUID
    others: list[UUID]
    batch: UUID
    paid: UUID
    words: set[str] = field(default_factory=set)

    def actor(self, name: str) -> Actor:
        return self.people.actor(f"lampang.{name}")

    def work(self, name: str = "lead") -> Any:
        return self.people.work(f"lampang.{name}")

    @property
    def superuser(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.people.database.superuser, autocommit=True)


def open_ward(people: People) -> Ward:
    """Bring them in, pay them and settle; then put a canary wherever there is room for one."""
    money = _money(people)
    batch = _brought_in(people)
    with people.work("lampang.lead") as db:
        found = {row.first_name: row.id for row in db.scalars(select(Person))}
        db.execute(update(Enrolment).where(Enrolment.person_id.is_not(None)).values(decision="qualifies"))
    child = found.pop(FIRST)
    paid = _paid(people, money)
    ward = Ward(people, money, child, sorted(found.values()), batch, paid)
    _papers(ward)
    with ward.superuser as connection:
        connection.execute("set session_replication_role = replica")
        Rows(connection, child).fill()
        ward.words = {FIRST, LAST, GUARDIAN, NUMBER, "1-1007-00500-17-4", "ฃณฎบ้าน", *stamp(connection, child)}
    with ward.superuser as connection, ward.work() as db:
        # The canaries in payments are what was signed.
        connection.execute("set session_replication_role = replica")
        signed = seal(db, db.get_one(PaymentBatch, (52, paid)))
        connection.execute("update payment_batches set content_hash = %s where id = %s", [signed, paid])
    return ward


def _money(people: People) -> Money:
    province = Province(people.settings)
    money = Money(province)
    with people.work("lampang.lead") as db:
        programme = Programme(name_th="ลำปาง", name_en="Lampang", since_year=2019)
        db.add(programme)
        db.flush()
        db.add(
            Phase(
                id=province.phase_id, programme_id=programme.id, number=2, starts_on=PHASE[0], ends_on=PHASE[1],
                published_at=clock.now(),
            )
        )  # fmt: skip
        db.flush()
        for slug, source in ((CHILDREN, "list"), (CENTRES, "survey")):
            db.add(PhaseGroup(phase_id=province.phase_id, group_slug=slug, register="population", source=source))
        db.add(Agreement(id=money.agreement_id, phase_id=money.phase_id, number="ลป. 2564/1"))
        db.add(
            Benefit(
                id=money.subsidy_id, phase_id=money.phase_id, group_slug=CHILDREN, slug="subsidy", kind="flat",
                purpose="living_support", stackable=False, min_amount=800 * BAHT, max_amount=800 * BAHT,
            )
        )  # fmt: skip
    money.fill_pot(CASH)
    return money


def _brought_in(people: People) -> UUID:
    officer = people.actor("lampang.officer")
    work = Work(people.settings, officer)
    with work.transaction() as db:
        table = imports.SentTable("รายชื่อ.csv", FILE.encode("utf-8-sig"))
        made = imports.upload(
            db, officer, people.settings, group_slug=CHILDREN, table=table, options={"as_of": "2021-03-31"}
        ).id
    reading.propose_reading(work, made)
    with work.transaction() as db:
        imports.confirm(db, officer, made, {}, job=None)
    reading.check(work, made)
    with work.transaction() as db:
        imports.order_commit(db, officer, made, job=None)
    imports.commit(work, made)
    return made


def _paid(people: People, money: Money) -> UUID:
    allocation = money.approved(3)
    money.cash(2_400)
    money.do("finance_officer", entitle, allocation, on=DAY)
    batch: UUID = money.do("finance_officer", batches.make_batch, allocation, on=DAY, method="cash")
    made = money.do("finance_officer", batches.check, batch, on=DAY, name="checker")
    money.do("signatory", batches.sign, batch, on=DAY, content_hash=made)
    money.do("signatory", batches.sign, batch, on=DAY, content_hash=made, name="signatory 2")
    money.do("finance_officer", batches.send, batch, on=DAY, carried_by="ครูสมศรี")
    money.do("finance_officer", batches.record_results, batch, [Result(n, "paid", DAY) for n in (1, 2, 3)])
    with people.work("lampang.finance") as db:
        proof = keep(
            db, people.settings, file_name="ใบลงชื่อ.pdf", content=b"%PDF-1.4 sheet", content_type="application/pdf",
            purpose="evidence",
        )  # fmt: skip
    money.do("finance_officer", batches.attach_evidence, batch, proof.id, kind="signed_list", on=DAY)
    money.do("finance_officer", batches.settle, batch, on=DAY)
    return batch


def _papers(ward: Ward) -> None:
    """A paper of the child's own, and one of a neighbour's."""
    with ward.work() as db:
        for person, said in ((ward.child, f"หนังสือของ {FIRST} {LAST}"), (ward.others[0], "หนังสือของ ฟ้าใส ทองดี")):
            keep(
                db, ward.people.settings, file_name=f"{said}.txt", content=said.encode(), content_type="text/plain",
                purpose="consent", subject_type="person", subject_id=person,
            )  # fmt: skip


class Rows(Filling):
    """One row of the child in every table that leads to a person and has none."""

    def __init__(self, connection: psycopg.Connection[Any], child: UUID) -> None:
        super().__init__(connection, 52)
        self.child = child
        case = connection.execute("select id from enrolments where person_id = %s", [child]).fetchone()
        assert case is not None
        self.case = case[0]

    def fill(self) -> None:
        for house in ("ฃณฎบ้าน", BESIDE):
            self._add("households", {"tenant_id": 52, "area_bit": 32, "house_no": house})
        for entry in of_persons():
            if not self._reached(entry):
                self._add(entry.name, self._row(entry))
        batch = self._any("import_batches")
        mended = {"kind": "cell", "column_no": 2, "was": GUARDIAN, "typed": FIRST}
        self._add("import_corrections", {"tenant_id": 52, "batch_id": batch, **self._line(), **mended})
        beside = {**self._line(), "row_no": 99, "kind": "cell", "column_no": 2, "typed": BESIDE}
        self._add("import_corrections", {"tenant_id": 52, "batch_id": batch, **beside})
        before = {"person_id": str(self.child), "guardian_name": GUARDIAN}
        changed = {"table_name": "persons", "row_id": self.child, "operation": "update", "before": before}
        self._add("import_changes", {"tenant_id": 52, "batch_id": batch, **changed})

    def _line(self) -> dict[str, Any]:
        row = self.connection.execute(
            "select sheet, row_no from import_rows where person_id = %s or id = %s", [self.child, self.child]
        ).fetchone()
        assert row is not None
        return {"sheet": row[0], "row_no": row[1]}

    def _row(self, entry: TableEntry) -> dict[str, Any]:
        row = self._made(entry.name)
        row.update({column: self.case if column == "enrolment_id" else self.child for column in entry.of})
        if "enrolment_id" in entry.of:
            row.update(self._place_of_case())
        other = new_id()
        row.update({
            "person_merges": {"merged_id": other, "reason": "คนเดียวกัน", "parted_at": None, "parted_reason": None},
            "duplicate_candidates": {"state": "different", "other_person_id": other, "decided_reason": "ต่าง"},
            "legal_holds": {"lifted_on": date(2021, 7, 1), "lifted_by": other},
            "erasures": {"origin": "request", "request_id": other, "prepared_by": other, "state": "dropped"},
            "privacy_requests": {"state": "done", "closed_on": date(2021, 6, 2), "due_on": date(2021, 6, 30)},
            "referrals": {"state": "done"}, "follow_ups": {"state": "done"},
            "payee_accounts": {"bank_code": "006", "account_no": "9988776655", "institution_id": None},
            "consents": {"text_id": None, "document_id": None},
            "household_members": {"household_id": self._any("households", "house_no like 'ฃณฎ%'")},
        }.get(entry.name, {}))  # fmt: skip
        return row

    def _place_of_case(self) -> dict[str, Any]:
        """What hangs on a case carries the case's own area, group, institution and worker."""
        columns = ("area_bit", "group_bit", "institution_id", "worker_id")
        row = self.connection.execute(
            f"select {', '.join(columns)} from enrolments where id = %s",  # type: ignore[arg-type]
            [self.case],
        ).fetchone()
        assert row is not None
        return dict(zip(columns, row, strict=True))

    def _reached(self, entry: TableEntry) -> int:
        reached = " or ".join(f"{column} = %({column})s" for column in entry.of)
        values = {column: self.case if column == "enrolment_id" else self.child for column in entry.of}
        row = self.connection.execute(f"select count(*) from {entry.name} where {reached}", values).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return int(row[0])


def stamp(connection: psycopg.Connection[Any], child: UUID) -> Iterator[str]:
    """A word of its own in every column that is to be erased, in the row and in a former value of it; those words.

    Where the database allows only certain values the row keeps its own, which counts if it is long enough to tell.
    """
    case = connection.execute("select id from enrolments where person_id = %s", [child]).fetchone()
    assert case is not None
    kinds = {
        (table, column): kind
        for table, column, kind in connection.execute(
            "select table_name, column_name, udt_name from information_schema.columns where table_schema = 'public'"
        )
    }
    for number, entry in enumerate(of_persons()):
        where = " or ".join(f"{column} = '{case[0] if column == 'enrolment_id' else child}'" for column in entry.of)
        for place, one in enumerate(entry.erased):
            word = f"ฃณฎ{number:03}{place:03}"
            kind = kinds[entry.name, one.column]
            inside: Any = [word] if one.way == "blank" else {"x": word}
            value: Any = {"jsonb": json.dumps(inside), "_text": [word]}.get(kind, word)
            if kind not in {"text", "jsonb", "_text"} or one.column in KEEP_THEIR_OWN:
                continue
            try:
                with connection.transaction():
                    connection.execute(
                        sql.SQL("update {} set {} = %s where " + where).format(  # type: ignore[arg-type]
                            sql.Identifier(entry.name), sql.Identifier(one.column)
                        ),
                        [value],
                    )
                yield word
            except psycopg.errors.CheckViolation:
                continue
        if entry.found:  # lines of files have no former values
            continue
        connection.execute(
            "insert into row_history (tenant_id, id, table_name, row_id, operation, before)"  # type: ignore[arg-type]
            f" select tenant_id, gen_random_uuid(), '{entry.name}', t.id::text, 'update', to_jsonb(t)"
            f" from {entry.name} t where {where}"
        )
    yield "9988776655"

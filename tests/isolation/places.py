"""The route table with its places: which table each id in an address belongs to, and ids to fill it with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from samoe.web.route import Route

PLACE = re.compile(r"\{(\w+):(\w+)\}")
TABLES = {
    "agreement_id": "agreements", "allocation_id": "allocations", "benefit_id": "benefits",
    "assessment_id": "assessments", "improvement_id": "improvement_items",
    "candidate_id": "duplicate_candidates", "certification_id": "certifications", "committee_id": "committees",
    "design_id": "group_versions", "device_id": "bound_devices", "document_id": "documents",
    "enrolment_id": "enrolments", "entitlement_id": "entitlements",
    "follow_up_id": "follow_ups", "instalment_id": "instalments", "institution_id": "institutions",
    "lead_id": "lead_organisations", "line_id": "request_lines", "member_id": "memberships",
    "merge_id": "person_merges", "notice_id": "notices", "offer_id": "group_offers", "opening_id": "emergency_openings",
    "partner_id": "partner_orgs",
    "payment_id": "payments", "person_id": "persons",
    "phase_id": "phases", "question_id": "request_questions", "referral_id": "referrals", "refund_id": "refunds",
    "rehearsal_id": "rehearsals",
    "request_id": "funding_requests", "row_id": "import_rows", "safeguard_id": "safeguards", "seat_id": "positions",
    "submission_id": "data_submissions",
    "privacy_request_id": "privacy_requests", "erasure_id": "erasures", "hold_id": "legal_holds",
    "reference_id": "reference_rules", "text_id": "consent_texts", "consent_id": "consents",
}  # fmt: skip
"""Which table's id stands at a place of this name. ``batch_id`` is told by the address."""
PARENTS = {
    ("document_id", "batch_id"): ("payment_evidence", "document_id", "batch_id"),
    ("document_id", "assessment_id"): ("assessment_marks", "document_id", "assessment_id"),
}
"""Where a row does not itself name what it hangs on."""
WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "lampang": {"slug": ("early_childhood", "at_risk_students", "nobodys"), "number": ("1", "2", "97")},
    "phuket": {"slug": ("early_childhood", "special_needs", "nobodys"), "number": ("2", "1", "97")},
    "fund": {"slug": ("lampang", "elsewhere", "nowhere"), "number": ("1", "2", "97")},
}
"""What is no id: a word of one's own, one that only the other province has, one that nobody has."""
ALIKE = {
    "benefit": "subsidy", "part": "buttons", "asked": "household_income", "list_name": "stages",
    "thing_slug": "registered", "code": "ECD-1", "letter": "approval_letter",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One route with one method."""

    method: str
    path: str
    route: Route

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def places(self) -> list[tuple[str, str]]:
        return PLACE.findall(self.path)

    @property
    def ids(self) -> list[str]:
        return [name for name, kind in self.places if kind == "uuid"]

    @property
    def kinds(self) -> list[str]:
        return [kind for _name, kind in self.places]

    def filled(self, value: object) -> str:
        """The address with one value at every place of an id."""
        other = {"int": "1", "str": "x", "path": "x"}
        return PLACE.sub(lambda place: str(value) if place[2] == "uuid" else other[place[2]], self.path)

    def table(self, place: str) -> str:
        if place == "batch_id":
            return "payment_batches" if self.path.startswith("/payments") else "import_batches"
        return TABLES[place]

    def at(self, values: Mapping[str, object]) -> str:
        return PLACE.sub(lambda place: str(values[place[1]]), self.path)

    def pattern(self) -> re.Pattern[str]:
        return re.compile("^" + PLACE.sub(r"[^/]+", self.path.replace(".", r"\.")) + "$")


def entries(app: Litestar) -> list[Entry]:
    """Every route that the application has, without the files that everybody may load."""
    found = []
    for route in app.routes:
        if not isinstance(route, HTTPRoute) or route.path.startswith("/static"):
            continue
        for handler in route.route_handlers:
            assert isinstance(handler, HTTPRouteHandler)
            if methods := handler.http_methods - {"OPTIONS", "HEAD"}:
                (path,) = [p for p in handler.paths if p.rstrip("/") == route.path.rstrip("/")]
                found.append(Entry(min(methods), path, handler.opt["route"]))
    return sorted(found, key=str)


UNKNOWN = uuid4()
"""An id that nobody has."""
Chain = dict[str, object]


class Ids:
    """Ids of every table, each with those of the rows that it hangs on."""

    def __init__(self, connection: psycopg.Connection[Any], app: Litestar) -> None:
        self.connection, self.entries = connection, entries(app)
        self._columns: dict[str, set[str]] = {}
        for table, column in connection.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public'"
        ):
            self._columns.setdefault(table, set()).add(column)
        self.rows: dict[str, list[tuple[int, UUID]]] = {}
        tables = {one.table(place) for one in self.entries for place in one.ids}
        for table in sorted(tables):
            found = connection.execute(f"select tenant_id, id from {table} order by tenant_id, id")  # type: ignore[arg-type]
            self.rows[table] = found.fetchall()

    def all_of(self, table: str) -> list[tuple[int, UUID]]:
        return self.rows[table]

    def chain(self, entry: Entry, row: tuple[int, UUID]) -> Chain:
        """The last id, and for each place before it the row that it hangs on, or any of the same tenant."""
        *before, last = entry.ids
        values: Chain = {last: row[1]}
        for place in before:
            values[place] = self._parent(entry, row, last, place)
        return values

    def _parent(self, entry: Entry, row: tuple[int, UUID], last: str, place: str) -> object:
        table, column, key = entry.table(last), place, "id"
        if (last, place) in PARENTS:
            table, key, column = PARENTS[last, place]
        if column in self._columns[table]:
            found = self.connection.execute(
                f"select {column} from {table} where tenant_id = %s and {key} = %s",  # type: ignore[arg-type]
                [row[0], row[1]],
            ).fetchone()
            if found and found[0]:
                return found[0]
        return next((one for tenant, one in self.rows[entry.table(place)] if tenant == row[0]), uuid4())


def words(entry: Entry, tenant: str, which: int) -> Iterator[tuple[str, str]]:
    """The places that are no ids."""
    for name, kind in entry.places:
        if kind != "uuid":
            yield name, ALIKE.get(name) or WORDS[tenant][name][which]

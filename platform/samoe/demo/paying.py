"""From an approval to money in hands: instalments, entitlements, batches by bank and in cash, results and proofs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe import files
from samoe.casework.models import Enrolment
from samoe.demo.scans import signed_sheet
from samoe.demo.scene import Part, Scene
from samoe.funding.batches import actions as batches
from samoe.funding.batches import queries as batch_queries
from samoe.funding.batches.forms import Result
from samoe.funding.entitlements.actions import entitle, set_payee_account
from samoe.funding.entitlements.forms import PayeeAccountForm
from samoe.funding.entitlements.models import Entitlement
from samoe.funding.requests import queries as requested
from samoe.funding.transfers import actions as transfers
from samoe.funding.transfers.forms import SendingForm
from samoe.identity import Actor
from samoe.programmes.agreements.queries import agreements
from samoe.registry.models import Institution
from samoe.tenancy import areas, current

BANKED = 40
"""At most so many people, and half of them, have told their account; the others are paid in cash where they are."""
BANKS = ("006", "034", "004")
BOUNCED = "บัญชีปิดแล้ว"
SIGNED = ("signed", "signed again", "signed a third time", "signed a fourth time", "signed a fifth time")
FEW_SHEETS = 6
"""A batch for so many centres has a signed sheet for each; one for more has them bound together."""


@dataclass(frozen=True)
class Paying:
    """One budget line being paid out. ``begins`` is the day of the phase on which its people are entitled."""

    scene: Scene
    part: Part
    allocation: UUID
    begins: int
    bounced: int = 0
    by_district: bool = True

    def go(self) -> None:
        """Entitle everyone whom the money is for, pay them, and prove it."""
        finance = self._finance()
        self._once("entitled", finance, self._entitle)
        institutions = self.part.group.manifest.subject == "institution"
        known = self._once("accounts", finance, self._accounts, institutions)
        begin = self.begins + 6
        if known:
            first = self._batch("bank batch", begin, method="bank", bounced=self.bounced)
            if self.bounced:
                again = self._once("new accounts", finance, self._new_accounts, first)
                self._batch("second bank batch", begin + 30, method="bank", only=again)
        if not institutions:
            self._in_cash(begin + 3)

    def _in_cash(self, begin: int) -> None:
        """A batch for each district or one for all, taken out in cash and signed for at the centres."""
        if not self.by_district:
            self._batch("cash batch", begin, method="cash")
            return
        places = self._once("places of cash", self._finance(), self._places)
        for number, (district, centres) in enumerate(places.items()):
            self._batch(f"cash batch for {district}", begin + number, method="cash", at=centres)

    def _batch(self, name: str, day: int, *, method: str, bounced: int = 0, **chosen: Any) -> str:
        """One batch: made, checked, signed and sent by different people; its results and proofs; settled."""
        on, finance = self.scene.day, self._finance()
        batch: str = self._once(name, finance, self._make, day, method, **chosen)
        seal = self._once(f"{name} checked", self._finance(1), batches.check, UUID(batch), on=on(day + 1))
        for number, step in enumerate(SIGNED[: self.scene.phase.signatories]):
            signatory = self.scene.actor("signatory", number=number)
            self._once(f"{name} {step}", signatory, batches.sign, UUID(batch), on=on(day + 2), content_hash=seal)
        carried_by = "เจ้าหน้าที่การเงินและผู้ประสานงานอำเภอ" if method == "cash" else None
        self._once(f"{name} sent", finance, batches.send, UUID(batch), on=on(day + 3), carried_by=carried_by)
        self._once(f"{name} settled", finance, self._settle, UUID(batch), day + 6, bounced)
        return batch

    def _once(self, step: str, actor: Actor, do: Any, *told: Any, **more: Any) -> Any:
        return self.scene.once(f"{self.part.slug}: {step}", actor, do, *told, **more)

    def _finance(self, number: int = 0) -> Actor:
        return self.scene.actor("finance_officer", number=number)

    def _entitle(self, db: Session, actor: Actor) -> int:
        return entitle(db, actor, self.allocation, on=self.scene.day(self.begins), up_to_room=True).count

    def _accounts(self, db: Session, actor: Actor, all_of_them: bool) -> int:  # noqa: FBT001
        """Write down the accounts of those who are paid through the bank."""
        rows = self._entitled(db)
        rows = rows if all_of_them else rows[: min(BANKED, len(rows) // 2)]
        for number, row in enumerate(rows):
            self._set(db, actor, row, f"000{number:07}", BANKS[number % len(BANKS)], self.begins + 1)
        return len(rows)

    def _new_accounts(self, db: Session, actor: Actor, batch: str) -> list[str]:
        """Those whose money came back have told another account; their entitlements."""
        returned = batch_queries.payments(db, UUID(batch), status="bounced", limit=None)
        found = {row.id: row for row in self._entitled(db)}
        for number, payment in enumerate(returned):
            self._set(db, actor, found[payment.entitlement_id], f"0009{number:06}", BANKS[0], self.begins + 20)
        return [str(payment.entitlement_id) for payment in returned]

    def _set(self, db: Session, actor: Actor, row: Any, number: str, bank: str, day: int) -> None:
        form = PayeeAccountForm(bank, number, row.payee_name, None if row.subject_institution_id else "ผู้ปกครอง")
        institution = row.subject_institution_id
        set_payee_account(
            db, actor, form, on=self.scene.day(day), institution_id=institution,
            person_id=None if institution else row.person_id,
        )  # fmt: skip

    def _entitled(self, db: Session) -> Sequence[Any]:
        n = Entitlement
        asked = select(n.id, n.person_id, n.subject_institution_id, n.payee_name).where(
            n.tenant_id == current().tenant_id, n.allocation_id == self.allocation, n.ended_on.is_(None)
        )
        return db.execute(asked.order_by(n.event_area_code, n.payee_name, n.id)).all()

    def _places(self, db: Session, _actor: Actor) -> dict[str, list[str]]:
        """The centres of those who wait for money, by district."""
        n, e, i = Entitlement, Enrolment, Institution
        asked = (
            select(i.id, i.area_code)
            .join(e, (e.tenant_id == i.tenant_id) & (e.institution_id == i.id))
            .join(n, (n.tenant_id == e.tenant_id) & (n.enrolment_id == e.id))
            .where(
                n.tenant_id == current().tenant_id, n.allocation_id == self.allocation, batch_queries.unpaid()
            )
            .distinct()
        )  # fmt: skip
        found: dict[str, list[str]] = {}
        for row in sorted(db.execute(asked), key=lambda row: (row.area_code, str(row.id))):
            found.setdefault(row.area_code[:4], []).append(str(row.id))
        return found

    def _make(
        self, db: Session, actor: Actor, day: int, method: str,
        at: list[str] | None = None, only: list[str] | None = None,
    ) -> str:  # fmt: skip
        made = batches.make_batch(
            db, actor, self.allocation, method=method, on=self.scene.day(day),
            institution_ids=None if at is None else [UUID(place) for place in at],
            entitlement_ids=None if only is None else [UUID(one) for one in only],
        )  # fmt: skip
        return str(made)

    def _settle(self, db: Session, actor: Actor, batch: UUID, day: int, bounced: int) -> int:
        """Take in what became of each payment, attach the proof of those that were paid, and close the batch."""
        on, kept = self.scene.day(day), batch_queries.one(db, batch)
        results = [
            Result(line, "bounced", on, BOUNCED) if line <= bounced else Result(line, "paid", on)
            for line in range(1, kept.payments + 1)
        ]
        batches.record_results(db, actor, batch, results)
        for name, content, kind, place in self._proofs(db, batch, kept.method):
            document = files.keep(
                db, self.scene.settings, file_name=name, content=content, content_type="image/png", purpose="evidence",
                subject_type="payment_batch", subject_id=batch,
            )  # fmt: skip
            batches.attach_evidence(db, actor, batch, document.id, kind=kind, on=on, institution_id=place)
        return batches.settle(db, actor, batch, on=self.scene.day(day + 4))

    def _proofs(self, db: Session, batch: UUID, method: str) -> Iterator[tuple[str, bytes, str, UUID | None]]:
        """A receipt of the bank, or a signed sheet: one for the district, or one for each centre of a small one."""
        code = batch_queries.code(*self._code(db, batch)).replace("/", "-")
        if method == "bank":
            yield f"ใบแจ้งผลการโอน {code}.png", signed_sheet(f"{batch}", 3), "bank_receipt", None
            return
        sheets = batch_queries.sheets(db, batch)
        if len(sheets) > FEW_SHEETS:
            paid = sum(sheet.payments for sheet in sheets)
            yield f"บัญชีลงชื่อรับเงิน {code}.png", signed_sheet(f"{batch}", paid), "signed_list", None
            return
        for sheet in sheets:
            name = f"บัญชีลงชื่อรับเงิน {code} {sheet.institution or ''}.png"
            content = signed_sheet(f"{batch} {sheet.institution_id}", sheet.payments)
            yield name, content, "signed_list", sheet.institution_id

    def _code(self, db: Session, batch: UUID) -> tuple[int, int]:
        kept = batch_queries.one(db, batch)
        return kept.fiscal_year, kept.number


def transfer(scene: Scene, amounts: Sequence[tuple[int, int]]) -> None:
    """The fund sends the money in instalments (day, satang); the province's finance confirms that each arrived."""
    sender, finance = scene.fund("fund_finance"), scene.actor("finance_officer")
    agreement = scene.once("agreement paid under", scene.service(), _agreement, scene)
    for number, (day, amount) in enumerate(amounts, 1):
        form = SendingForm(amount, f"โอนงวดที่ {number} {areas.name_of(scene.tenant.province_code)}")
        sent = scene.once(
            f"{scene.tenant.slug} instalment {number}", sender, _send, UUID(agreement), form, scene.day(day)
        )
        scene.once(f"instalment {number} received", finance, _confirm, UUID(sent), scene.day(day + 2))


def allocation_of(scene: Scene, request: UUID, part: Part) -> tuple[UUID, int]:
    """The budget line of a request for a group, and its satang."""
    found = scene.once(f"budget line of {part.slug}", scene.service(), _allocation, request, part)
    return UUID(found[0]), found[1]


def _agreement(db: Session, _actor: Actor, scene: Scene) -> str:
    return str(agreements(db, scene.phase.id)[0].id)


def _send(db: Session, actor: Actor, agreement: UUID, form: SendingForm, on: Any) -> str:
    return str(transfers.send_instalment(db, actor, agreement, form, on=on))


def _confirm(db: Session, actor: Actor, instalment: UUID, on: Any) -> None:
    transfers.confirm_instalment(db, actor, instalment, on=on)


def _allocation(db: Session, _actor: Actor, request: UUID, part: Part) -> tuple[str, int]:
    line = next(line for line in requested.budget(db) if line.request_id == request and line.group_slug == part.slug)
    return str(line.id), line.amount

"""From a draft batch to its settlement: three persons, one frozen content, a proof for every payment."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from samoe.db.table import new_id
from samoe.files.models import Document
from samoe.funding.batches import actions, queries
from samoe.funding.batches.forms import Result
from samoe.funding.batches.models import Payment, PaymentBatch
from samoe.funding.entitlements.actions import end_entitlements, entitle, set_payee_account
from samoe.funding.entitlements.forms import PayeeAccountForm
from samoe.funding.ledger import queries as books
from samoe.kit.problem import Conflict, Problem
from samoe.reporting.models import AidRollup
from tests.factories.money import BAHT, CHILDREN, DAY, Money, together


def ready(money: Money, children: int = 3, cash: int = 10_000) -> UUID:
    """Entitled children, money approved for them, and cash."""
    centre = money.province.centre("ศพด. บ้านดง")
    money.children(children, centre=centre)
    allocation = money.approved(children)
    if cash:
        money.cash(min(cash, children * 800))
    money.do("finance_officer", entitle, allocation, on=DAY)
    return allocation


def made(money: Money, allocation: UUID, **values: object) -> UUID:
    batch: UUID = money.do("finance_officer", actions.make_batch, allocation, on=DAY, **{"method": "cash", **values})
    return batch


def sign(money: Money, batch: UUID, seal: str) -> None:
    """Both signatures that the phase asks for."""
    assert money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal) is False
    assert money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal, name="signatory 2") is True


def signed(money: Money, batch: UUID) -> None:
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    sign(money, batch, seal)


def sent(money: Money, allocation: UUID) -> UUID:
    batch = made(money, allocation)
    signed(money, batch)
    money.do("finance_officer", actions.send, batch, on=DAY, carried_by="ครูสมศรี")
    return batch


def paper(money: Money, content: str = "a") -> UUID:
    with money.as_(money.actor("finance_officer")) as db:
        document = Document(
            store_key=f"t/{content}", file_name="sheet.pdf", content_type="application/pdf", size=1,
            sha256=content * 64, purpose="evidence",
        )  # fmt: skip
        db.add(document)
        db.flush()
        return document.id


def reached(money: Money) -> tuple[int, int, int]:
    """Payments, recipients and satang of the one district and group, from the roll-up."""
    with money.as_(money.actor("auditor")) as db:
        row = db.execute(select(AidRollup)).scalar_one()
    assert (row.group_slug, row.district_code) == (CHILDREN, "5205")
    return row.payments, row.recipients, row.amount


def held(money: Money) -> dict[str, int]:
    return {b.kind: b.available // BAHT for b in money.read(books.trial_balance)}


def test_money_moves_step_by_step_and_settles(money: Money) -> None:
    allocation = ready(money)
    batch = made(money, allocation)
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    assert (held(money)["cash"], held(money)["reserved"]) == (0, 2_400)
    sign(money, batch, seal)
    assert (held(money)["reserved"], held(money)["advance"]) == (0, 2_400)
    money.do("finance_officer", actions.send, batch, on=DAY, carried_by="ครูสมศรี")
    results = [
        Result(1, "paid", DAY),
        Result(2, "paid", DAY),
        Result(3, "unclaimed", DAY, "ไม่มารับ"),
        Result(9, "paid", DAY),
    ]
    taken = money.do("finance_officer", actions.record_results, batch, results)
    assert (taken.taken, taken.unknown) == ([1, 2, 3], [9])
    assert money.do("finance_officer", actions.record_results, batch, results).repeated == [1, 2, 3]
    assert (held(money)["paid"], held(money)["unclaimed"], held(money)["advance"]) == (1_600, 800, 0)
    with pytest.raises(Problem, match="หลักฐาน"):
        money.do("finance_officer", actions.settle, batch, on=DAY)
    proof = money.do("finance_officer", actions.attach_evidence, batch, paper(money), kind="signed_list", on=DAY)
    assert proof == actions.settling.Attached(2, ())
    assert money.do("finance_officer", actions.settle, batch, on=DAY) == 800 * BAHT
    assert (held(money)["cash"], held(money)["unclaimed"]) == (800, 0)
    assert money.read(books.prove).faults == ()
    assert reached(money) == (2, 2, 1_600 * BAHT)


def test_what_was_not_claimed_is_paid_again_in_a_new_batch(money: Money) -> None:
    allocation = ready(money, 2)
    batch = sent(money, allocation)
    money.do(
        "finance_officer", actions.record_results, batch, [Result(1, "paid", DAY), Result(2, "bounced", DAY, "ปิดบัญชี")]
    )
    money.do("finance_officer", actions.attach_evidence, batch, paper(money), kind="signed_list", on=DAY)
    money.do("finance_officer", actions.settle, batch, on=DAY)
    again = sent(money, allocation)
    line = money.read(queries.payments, again)[0]
    assert line.follows_id == money.read(queries.payments, batch)[1].id
    money.do("finance_officer", actions.record_results, again, [Result(1, "paid", DAY)])
    money.do("finance_officer", actions.attach_evidence, again, paper(money), kind="signed_list", on=DAY)
    assert money.read(queries.proofs, again)[0].also_in == ("64/0001",)
    assert reached(money) == (2, 2, 1_600 * BAHT)


def test_rollup_is_exact_through_returns(money: Money) -> None:
    allocation = ready(money, 3)
    batch = sent(money, allocation)
    money.do("finance_officer", actions.record_results, batch, [Result(n, "paid", DAY) for n in (1, 2, 3)])
    money.do("finance_officer", actions.record_results, batch, [Result(2, "bounced", DAY, "โอนกลับ")])
    assert reached(money) == (2, 2, 1_600 * BAHT)
    assert held(money)["unclaimed"] == 800


def test_without_cash_nothing_is_checked(money: Money) -> None:
    batch = made(money, ready(money, cash=0))
    with pytest.raises(Problem, match="เงินสดโครงการไม่พอ"):
        money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    assert money.read(queries.one, batch).status == "draft"


def test_maker_checker_and_signatory_are_three_persons(money: Money) -> None:
    batch = made(money, ready(money))
    with pytest.raises(Problem, match="คนละคน"):
        money.do("finance_officer", actions.check, batch, on=DAY)
    seal = money.do("signatory", actions.check, batch, on=DAY, name="checker")
    for name in ("finance_officer", "checker"):
        with pytest.raises(Problem, match="คนละคน"):
            money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal, name=name)
    for column in ("checked_by", "signed_by"):
        with pytest.raises(DBAPIError), money.as_(money.actor("signatory")) as db:
            db.execute(text(f"update payment_batches set {column} = made_by"))


def test_two_persons_sign_before_money_goes_out(money: Money) -> None:
    batch = made(money, ready(money))
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    assert money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal) is False
    assert money.read(queries.one, batch).status == "checked"
    assert (held(money)["reserved"], held(money).get("advance", 0)) == (2_400, 0)
    with pytest.raises(Problem, match="คุณลงนามชุดนี้แล้ว"):
        money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal)
    with pytest.raises(Conflict):
        money.do("finance_officer", actions.send, batch, on=DAY, carried_by="ครูสมศรี")
    assert money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal, name="signatory 2") is True
    assert len(money.read(queries.signatures, batch)) == 2


def test_the_phase_says_how_many_sign(money: Money) -> None:
    with money.as_(money.actor("province_lead")) as db:
        db.execute(text("update phases set signatories = 3"))
        for few in (1, 6):
            with pytest.raises(DBAPIError), db.begin_nested():
                db.execute(text(f"update phases set signatories = {few}"))
    batch = made(money, ready(money))
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    with money.as_(money.actor("province_lead")) as db:
        db.execute(text("update phases set signatories = 2"))
    said = [money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal, name=f"s{n}") for n in range(3)]
    assert said == [False, False, True], "a batch keeps what the phase said at its check"


BY_HAND = (
    "insert into batch_signatures (id, batch_id, signed_by, signed_on, content_hash)"
    " select gen_random_uuid(), id, {who}, current_date, {seal} from payment_batches"
)


def test_no_signature_by_hand(money: Money) -> None:
    batch = made(money, ready(money))
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    money.do("signatory", actions.sign, batch, on=DAY, content_hash=seal)
    refused = (
        *(BY_HAND.format(who=who, seal="content_hash") for who in ("made_by", "checked_by")),
        BY_HAND.format(who="gen_random_uuid()", seal="'another'"),
        BY_HAND.format(who=f"'{money.persons['signatory']}'", seal="content_hash"),
        f"update payment_batches set status = 'signed', signed_on = current_date, signed_by = '{new_id()}'",
        f"update payment_batches set status = 'signed', signed_by = '{money.persons['signatory']}'",
        "update payment_batches set signatures_needed = 1",
        "delete from batch_signatures",
        "update batch_signatures set signed_by = gen_random_uuid()",
    )
    for statement in refused:
        with pytest.raises(DBAPIError), money.as_(money.actor("signatory")) as db:
            db.execute(text(statement))


def test_a_signatory_signs_only_what_they_saw(money: Money) -> None:
    batch = made(money, ready(money))
    money.do("signatory", actions.check, batch, on=DAY, name="checker")
    with pytest.raises(Conflict):
        money.do("signatory", actions.sign, batch, on=DAY, content_hash="0" * 64)


HANDS_OFF = (
    "update payments set amount = 1",
    "update payments set payee_name = 'x'",
    "update payments set status = 'paid', paid_on = current_date",
    "delete from payments",
    "update payment_batches set total = 1",
    "update payment_batches set status = 'settled'",
    "update payment_batches set status = 'sent', signed_by = gen_random_uuid()",
    "delete from payment_batches",
    "update entitlements set ended_on = current_date, ended_reason = 'x'",
)


def test_a_checked_batch_is_frozen_for_everyone(money: Money) -> None:
    batch = made(money, ready(money))
    money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    for statement in HANDS_OFF:
        with pytest.raises(DBAPIError), money.as_(money.actor("finance_officer")) as db:
            db.execute(text(statement))


def test_a_changed_bank_account_stops_the_signature(money: Money) -> None:
    allocation = ready(money, 1)
    with money.as_(money.actor("auditor")) as db:
        child = db.execute(text("select person_id from entitlements")).scalar_one()
    form = PayeeAccountForm("006", "1234567890", "นางแม่ ใจดี", "มารดา")
    with pytest.raises(Problem, match="ไม่มีรายการที่จ่ายผ่านธนาคารได้"):
        made(money, allocation, method="bank")
    money.do("finance_officer", set_payee_account, form, on=DAY, person_id=child)
    batch = made(money, allocation, method="bank")
    assert money.read(queries.payments, batch)[0].account_no == "1234567890"
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    other = PayeeAccountForm("006", "9999999999", "นายอื่น", None)
    money.do("finance_officer", set_payee_account, other, on=DAY, person_id=child)
    with pytest.raises(Problem, match="บัญชีของผู้รับ 1 รายเปลี่ยน"):
        sign(money, batch, seal)
    money.do("finance_officer", actions.make_void, batch, on=DAY, reason="บัญชีเปลี่ยน", name="checker")
    assert (held(money)["cash"], held(money)["reserved"]) == (800, 0)
    assert money.read(queries.payable, allocation)[0].count == 1


def test_someone_being_paid_keeps_their_entitlement(money: Money) -> None:
    allocation = ready(money, 1)
    made(money, allocation)
    with money.as_(money.actor("auditor")) as db:
        entitlement = db.execute(text("select id from entitlements")).scalar_one()
    with pytest.raises(Conflict):
        money.do("finance_officer", end_entitlements, [entitlement], on=DAY, reason="ย้าย")


def test_a_draft_can_be_mended_or_thrown_away(money: Money) -> None:
    allocation = ready(money, 2)
    batch = made(money, allocation)
    money.do("finance_officer", actions.remove_payment, batch, money.read(queries.payments, batch)[0].id)
    assert money.read(queries.one, batch).total == 800 * BAHT
    money.do("finance_officer", actions.remove_payment, batch, money.read(queries.payments, batch)[0].id)
    with pytest.raises(Problem, match="ไม่มีรายการจ่ายเหลืออยู่"):
        money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    money.do("finance_officer", actions.discard, batch)
    assert money.read(queries.payable, allocation)[0].count == 2
    assert money.read(queries.batches)[0].code == "64/0001"


def test_amount_and_seal_of_a_result_are_compared(money: Money) -> None:
    allocation = ready(money, 3)
    batch = sent(money, allocation)
    seal = money.read(queries.one, batch).content_hash
    taken = money.do(
        "finance_officer", actions.record_results, batch,
        [
            Result(1, "paid", DAY, amount=800 * BAHT, seal=seal), Result(2, "paid", DAY, amount=800 * BAHT - 1),
            Result(3, "paid", DAY, seal="f" * 64), Result(1, "paid", DAY),
        ],
    )  # fmt: skip
    assert (taken.taken, taken.wrong_amount, taken.wrong_seal, taken.repeated) == ([1], [2], [3], [1])
    assert held(money)["paid"] == 800


def test_two_batches_at_once_never_pay_one_child_twice(money: Money) -> None:
    allocation = ready(money, 4)
    done = together(8, lambda _: made(money, allocation))
    assert sum(isinstance(result, UUID) for result in done) == 1
    with money.as_(money.actor("auditor")) as db:
        assert db.scalar(select(text("count(*)")).select_from(Payment)) == 4
        assert db.scalar(select(text("count(*)")).select_from(PaymentBatch)) == 1


def test_one_release_of_many_at_once(money: Money) -> None:
    batch = made(money, ready(money))
    done = together(8, lambda n: money.do("finance_officer", actions.check, batch, on=DAY, name=f"checker{n}"))
    seals = [result for result in done if isinstance(result, str)]
    assert len(seals) == 1
    assert all(isinstance(result, Conflict) for result in done if not isinstance(result, str))
    done = together(
        8, lambda n: money.do("signatory", actions.sign, batch, on=DAY, content_hash=seals[0], name=f"s{n}")
    )
    assert [result for result in done if isinstance(result, bool)].count(True) == 1
    assert [result for result in done if isinstance(result, bool)].count(False) == 1
    assert held(money)["advance"] == 2_400
    assert money.read(books.prove).faults == ()

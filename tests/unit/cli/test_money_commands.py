"""Money from the command line: the whole way with one command a step, each by another person."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import insert

from samoe.cli import samoe
from samoe.db.table import new_id
from samoe.identity import Refused
from samoe.identity.models import Account, Membership
from samoe.kit.problem import Conflict, Problem
from samoe.tenancy import EVERYTHING, Scope, tenant_session
from tests.conftest import Database
from tests.factories.money import Money, open_money

PEOPLE = {
    "officer": "province_officer", "lead": "province_lead", "finance": "finance_officer", "second": "finance_officer",
    "signatory": "signatory", "signatory2": "signatory",
    "reviewer": "fund_reviewer", "approver": "fund_approver", "treasurer": "fund_finance",
}  # fmt: skip


@pytest.fixture
def money(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Money:
    made = open_money(database, tmp_path)
    settings = made.province.settings
    database.told_to(monkeypatch, settings.home)
    for name, role in PEOPLE.items():
        account = new_id()
        with tenant_session(Scope(1 if role.startswith("fund_") else 52), settings) as db:
            db.execute(insert(Account).values(id=account, username=name, display_name=name))
            db.add(Membership(account_id=account, role=role, area_mask=EVERYTHING))
    return made


def run(who: str, *words: object) -> str:
    done = CliRunner().invoke(samoe, [*map(str, words), "--as", who], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output.strip()


def test_the_whole_way(money: Money, tmp_path: Path) -> None:
    money.children(2)
    request = run("officer", "requests", "create", "--agreement", money.agreement_id, "--on", "2021-03-22")
    run("officer", "requests", "line", request, "--benefit", money.subsidy_id, "--count", 2)
    assert run("lead", "requests", "submit", request, "--on", "2021-03-22") == "1"
    assert "\tsubmitted\t1,600.00\t-" in run("reviewer", "requests", "list")
    run("reviewer", "requests", "start", request)
    line = json.loads(run("reviewer", "requests", "lines", request, "--json"))[0]["id"]
    run("reviewer", "requests", "judge", request, line, "approve")
    run("reviewer", "requests", "recommend", request)
    with pytest.raises(Refused):
        run("reviewer", "requests", "approve", request)
    run("approver", "requests", "approve", request)
    with pytest.raises(Conflict):
        run("approver", "requests", "approve", request)
    sent = run("treasurer", "ledger", "send", money.agreement_id, "1,600")
    run("finance", "ledger", "confirm", sent)
    allocation = json.loads(run("finance", "requests", "budget", "--json"))[0]["id"]
    assert json.loads(run("finance", "payments", "entitle", allocation)) == {"count": 2, "amount": 160_000}
    batch = run("finance", "payments", "make", allocation, "--method", "cash")
    with pytest.raises(Problem, match="คนละคน"):
        run("finance", "payments", "check", batch)
    seal = run("second", "payments", "check", batch)
    assert run("signatory", "payments", "sign", batch, "--seal", seal) == "waiting for another signatory"
    assert run("signatory2", "payments", "sign", batch, "--seal", seal) == "released"
    run("finance", "payments", "send", batch, "--carried-by", "ครูสมศรี")
    file = tmp_path / "results.csv"
    code = run("finance", "payments", "list").split("\t")[1]
    file.write_text(f"รหัสรายการ,ผล,วันที่\n{code}-0001,จ่ายแล้ว,22/3/2564\n{code}-0002,จ่ายแล้ว,22 มี.ค. 2564\n", "utf-8-sig")
    assert json.loads(run("finance", "payments", "results", batch, file))["taken"] == [1, 2]
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(b"%PDF-1.7")
    assert json.loads(run("finance", "payments", "attach", batch, paper, "--kind", "signed_list"))["payments"] == 2
    run("finance", "payments", "settle", batch)
    assert "\tsettled\t2\t1,600.00" in run("finance", "payments", "list")
    assert "agree" in run("finance", "ledger", "prove")
    assert "paid\t" in run("finance", "ledger", "balances")
    assert "receipt" in run("finance", "ledger", "journal")
    assert "received" in run("treasurer", "ledger", "transfers")


def test_an_asked_line_is_corrected_and_sent_back(money: Money) -> None:
    request = money.submitted(5)
    run("reviewer", "requests", "start", request)
    line = json.loads(run("officer", "requests", "lines", request, "--json"))[0]["id"]
    run("reviewer", "requests", "judge", request, line, "ask", "--note", "ตรวจอีกครั้ง")
    run("reviewer", "requests", "ask", request)
    question = json.loads(run("officer", "requests", "questions", request, "--json"))[0]["id"]
    run("officer", "requests", "correct", request, line, "--count", 3, "--note", "ซ้ำ 2 คน")
    run("officer", "requests", "answer", question, "แก้แล้ว")
    assert run("reviewer", "requests", "corrections", request) == ""
    run("lead", "requests", "resubmit", request)
    assert "\t5\t3\t4,000.00\t2,400.00" in run("reviewer", "requests", "corrections", request)


def test_a_part_is_approved_and_the_rest_as_proposed(money: Money) -> None:
    first, second = money.a_centre("ศพด. บ้านดง"), money.a_centre("ศพด. สบป้าด")
    request = money.recommended(5, [(first, 20_000), (second, 25_000)])
    people, places = json.loads(run("approver", "requests", "lines", request, "--json"))
    with pytest.raises(click.UsageError, match="--grant"):
        run("approver", "requests", "approve", request, "--count", f"{places['id']}=1")
    for wrong in (f"{money.agreement_id}/{first}=7000", f"{places['id']}=7000"):
        with pytest.raises(click.UsageError):
            run("approver", "requests", "approve", request, "--grant", wrong)
    run(
        "approver", "requests", "approve", request, "--count", f"{people['id']}=3",
        "--grant", f"{places['id']}/{first}=12,000",
    )  # fmt: skip
    rows = json.loads(run("finance", "requests", "budget", "--json"))
    assert sorted((row["count"], row["amount"]) for row in rows) == [(2, 37_000_00), (3, 2_400_00)]


def test_nobody_acts_without_a_name() -> None:
    done = CliRunner().invoke(samoe, ["ledger", "add", "pot", "100", "--memo", "x"])
    assert done.exit_code == 2
    assert "--as" in done.output

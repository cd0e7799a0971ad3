"""The whole way of the money, through the pages, by the people whose duty each step is."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import uuid4

from PIL import Image

from tests.factories.in_kind import UNIFORMS, given_in_kind
from tests.web.funding.conftest import Browsers


def _white() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (100, 100), "white").save(kept, "PNG")
    return kept.getvalue()


PDF = ("sheet.pdf", b"%PDF-1.7 signed", "application/pdf")
CARD = ("บัตร.png", _white(), "image/png")
NO_PAPERS = (
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"<!doctype html><script>alert(1)</script>",
    b"MZ\x90",
    b"PK\x03\x04",
)
"""What calls itself a picture and is none (catalogue W-02): told by its first bytes."""
DAY = {"on_day": "22", "on_month": "3", "on_year": "2564"}


def draft(browsers: Browsers, **counts: int) -> str:
    money = browsers.money
    here = browsers.fill("province_officer", "/requests/new", agreement=str(money.agreement_id), note="จากผลคัดกรอง")
    for count in counts.values():
        browsers.fill("province_officer", f"{here}/lines/{money.subsidy_id}", count=str(count))
    return here


def test_the_whole_way(browsers: Browsers) -> None:
    money = browsers.money
    centre = money.a_centre("ศพด. บ้านดง", "อบต.บ้านดง")
    money.children(3, centre=centre)
    here = draft(browsers, children=3)
    assert "ผ่านเกณฑ์ตอนนี้ 3 คน" in browsers.get("province_officer", f"{here}/lines/{money.subsidy_id}")
    browsers.fill("province_officer", f"{here}/lines/{money.grant_id}", **{f"grant_{centre}": "7,500"})
    page = browsers.get("province_lead", f"{here}/send")
    assert "เก้าพันเก้าร้อยบาทถ้วน" in page
    browsers.fill("province_lead", f"{here}/send")
    request_id = here.rpartition("/")[2]
    there = f"/fund/requests/{request_id}"
    inbox = browsers.get("fund_reviewer", "/fund/requests")
    assert "9,900" in inbox
    assert "ลำปาง" in inbox
    browsers.fill("fund_reviewer", there, f"{there}/start")
    lines = re.findall(r'name="verdict_([0-9a-f-]{36})"', browsers.get("fund_reviewer", there))
    first, second = dict.fromkeys(lines)
    said = {f"verdict_{first}": "approve", f"verdict_{second}": "ask", f"note_{second}": "มีแผนหรือไม่", "then": "ask"}
    browsers.fill("fund_reviewer", there, f"{there}/review", **said)
    question = re.findall(r"/answers/([0-9a-f-]{36})", browsers.get("province_officer", here))[0]
    browsers.fill("province_officer", here, f"{here}/answers/{question}", **{f"answer_{question}": "มี แนบแล้ว"})
    said = {f"verdict_{first}": "approve", f"verdict_{second}": "approve", "then": "recommend"}
    step = browsers.fill("fund_reviewer", there, f"{there}/review", **said)
    browsers.fill("fund_reviewer", step)
    browsers.get("fund_approver", "/fund/requests")
    browsers.fill(
        "fund_approver", f"{there}/decide", f"{there}/approve",
        **{f"count_{first}": "3", f"grant_{second}_{centre}": "7,500", "terms": "รายงานทุกไตรมาส"},
    )  # fmt: skip
    assert "อนุมัติเต็มจำนวน" in browsers.get("province_lead", here)
    browsers.get("fund_finance", "/fund/transfers")
    browsers.fill("fund_finance", f"/fund/transfers/{money.agreement_id}", amount="9,900.00", **DAY)
    waiting = re.findall(r"/transfers/([0-9a-f-]{36})/confirm", browsers.get("finance_officer", "/transfers"))[0]
    browsers.fill("finance_officer", "/transfers", f"/transfers/{waiting}/confirm")
    pay(browsers)
    for role in ("finance_officer", "fund_finance"):
        assert "ยอดตรงทุกบัญชี" in browsers.get(role, "/ledger?prove=1")
    assert "จ่ายแล้ว" in browsers.get("finance_officer", "/budget")


def pay(browsers: Browsers) -> None:
    """From the room to a settled batch, in cash."""
    board = browsers.get("finance_officer", "/budget")
    allocations = list(dict.fromkeys(re.findall(r"/budget/([0-9a-f-]{36})", board)))
    for allocation in allocations:
        browsers.fill("finance_officer", f"/budget/{allocation}", f"/budget/{allocation}/entitle")
    children = next(a for a in allocations if "2,400" in browsers.get("finance_officer", f"/budget/{a}"))
    browsers.get("finance_officer", "/payments")
    here = browsers.fill("finance_officer", f"/payments/new/{children}", method="cash", place="all")
    browsers.fill("finance_officer", f"{here}/check", name="second")
    assert browsers.refused("signatory", f"{here}/sign", seal="0" * 64).status_code == 409
    browsers.fill("signatory", f"{here}/sign")
    assert "1 จาก 2 คน" in browsers.get("signatory", here)
    assert f"{here}/sign" not in browsers.get("signatory", here)
    browsers.fill("signatory", f"{here}/sign", name="second-signatory")
    assert "สองพันสี่ร้อยบาทถ้วน" in browsers.get("finance_officer", f"{here}/sheets")
    browsers.fill("finance_officer", f"{here}/send", carried_by="ครูสมศรี")
    browsers.fill("finance_officer", f"{here}/results", line=["1", "2"], outcome="paid", **DAY)
    browsers.fill("finance_officer", f"{here}/results", line=["3"], outcome="unclaimed", reason="ไม่มารับ", **DAY)
    assert browsers.refused("finance_officer", f"{here}/settle").status_code == 422
    for paper in NO_PAPERS:
        sent = browsers.refused("finance_officer", f"{here}/evidence", kind="signed_list", place="",
                                files={"document": ("a.png", paper, "image/png")})  # fmt: skip
        assert (sent.status_code, "ไฟล์นี้ไม่ใช่ PDF JPG หรือ PNG" in sent.text) == (422, True), paper
    for paper, said in ((PDF, {"card": "none"}), (CARD, {"card": "cover", "cover": ["20 40 60 20", ""]})):
        given = {"kind": "signed_list", "place": "", **said}
        browsers.fill("finance_officer", f"{here}/evidence", files={"document": paper}, **given)
    browsers.fill("finance_officer", f"{here}/settle")
    page = browsers.get("auditor", here)
    assert "ปิดชุดแล้ว" in page
    kept = [browsers.of("auditor").get(one).content for one in re.findall(rf"{here}/evidence/[0-9a-f-]{{36}}", page)]
    assert PDF[1] in kept
    (picture,) = [Image.open(BytesIO(one)) for one in kept if not one.startswith(b"%PDF")]
    assert (picture.getpixel((50, 50)), picture.getpixel((5, 5))) == ((0, 0, 0), (255, 255, 255))


def test_things_have_a_list_of_their_own_to_be_signed(browsers: Browsers) -> None:
    money = browsers.money
    money.children(1, centre=money.a_centre("ศพด. บ้านดง"))
    allocation = money.approved(1)
    money.cash(800)
    given_in_kind(money)
    browsers.fill("finance_officer", f"/budget/{allocation}", f"/budget/{allocation}/entitle")
    new = f"/payments/new/{allocation}"
    assert re.findall(r'name="method" value="(\w+)"', browsers.get("finance_officer", new)) == ["goods"]
    batch = browsers.fill("finance_officer", new, method="goods", place="all")
    browsers.fill("finance_officer", f"{batch}/check", name="second")
    sheet = browsers.get("finance_officer", f"{batch}/sheets")
    assert UNIFORMS.th in sheet
    assert "ลายมือชื่อและวันที่รับของ" in sheet
    browsers.fill("signatory", f"{batch}/sign")
    browsers.fill("signatory", f"{batch}/sign", name="second-signatory")
    assert "ผู้รับเงินไปจัดซื้อและส่งมอบ" in browsers.get("finance_officer", f"{batch}/send")


def test_by_bank_with_a_file_out_and_the_same_file_back(browsers: Browsers) -> None:
    money = browsers.money
    money.children(2)
    allocation = money.approved(2)
    money.cash(1_600)
    browsers.fill("finance_officer", f"/budget/{allocation}", f"/budget/{allocation}/entitle")
    rows = re.findall(
        rf"/budget/{allocation}/entitlements/([0-9a-f-]{{36}})",
        browsers.get("finance_officer", f"/budget/{allocation}"),
    )
    for number, row in enumerate(dict.fromkeys(rows)):
        page = f"/budget/{allocation}/entitlements/{row}"
        account = {"bank_code": "006", "account_no": f"123-4-5678{number}-9", "account_name": "=นางแม่ ใจดี"}
        browsers.fill("finance_officer", page, f"{page}/account", **account)
    here = browsers.fill("finance_officer", f"/payments/new/{allocation}", method="bank", place="all")
    browsers.fill("finance_officer", f"{here}/check", name="second")
    assert browsers.of("finance_officer").get(f"{here}/bank-file").status_code == 404
    browsers.fill("signatory", f"{here}/sign")
    assert "1 จาก 2 คน" in browsers.get("signatory", here)
    assert f"{here}/sign" not in browsers.get("signatory", here)
    browsers.fill("signatory", f"{here}/sign", name="second-signatory")
    file = browsers.of("finance_officer").get(f"{here}/bank-file").content
    assert file.startswith(b"\xef\xbb\xbf")
    text = file.decode("utf-8-sig")
    assert "'=นางแม่ ใจดี" in text
    assert text.count("800.00") == 2
    browsers.fill("finance_officer", f"{here}/send")
    lines = text.splitlines()
    filled = "\r\n".join(
        [
            lines[0],
            lines[1].replace(",,,", ",,จ่ายแล้ว,22/3/2564,")[:-1]
            if False
            else lines[1].removesuffix(",,") + "จ่ายแล้ว,22/3/2564,",
            lines[2].removesuffix(",,") + "ตีกลับ,22 มี.ค. 2564,ปิดบัญชี",
        ]
    )
    to = f"{here}/results/file"
    browsers.fill(
        "finance_officer", f"{here}/results", to, files={"file": ("r.csv", filled.encode("utf-8-sig"), "text/csv")}
    )
    page = browsers.get("finance_officer", here)
    assert "ตีกลับ" in page
    assert "ปิดบัญชี" in page
    bad = filled.replace("22/3/2564", "31 ก.พ. 2564")
    answer = browsers.of("finance_officer").post(
        to,
        data={"_csrf": re.findall(r'name="_csrf" value="([^"]*)"', page)[0]},
        files={"file": ("r.csv", bad.encode(), "text/csv")},
    )
    assert answer.status_code == 422
    assert "31 ก.พ. 2564" in answer.text


def test_bad_amounts_are_named_and_nothing_typed_is_lost(browsers: Browsers) -> None:
    money = browsers.money
    centre = money.a_centre("ศพด. บ้านดง")
    here = draft(browsers)
    page = f"{here}/lines/{money.grant_id}"
    for typed in ("1e3", "-5", "6,999", "10000000000000000000", "7000.001", "abc"):
        answer = browsers.refused("province_officer", page, **{f"grant_{centre}": typed})
        assert answer.status_code == 422, typed
        assert f'value="{typed}"' in answer.text
    browsers.fill("province_officer", page, **{f"grant_{centre}": "๗,๐๐๐.๕๐"})
    assert "7,000.50" in browsers.get("province_officer", here)


def test_a_double_click_makes_one_thing(browsers: Browsers) -> None:
    money = browsers.money
    money.children(1)
    allocation = money.approved(1)
    browsers.fill("finance_officer", f"/budget/{allocation}", f"/budget/{allocation}/entitle")
    client = browsers.of("finance_officer")
    form = dict(
        re.findall(
            r'name="(_csrf|_once)" value="([^"]*)"', browsers.get("finance_officer", f"/payments/new/{allocation}")
        )
    )
    sent = {**form, "method": "cash", "place": "all"}
    first, second = (client.post(f"/payments/new/{allocation}", data=sent) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]


def test_other_people_and_other_places(browsers: Browsers) -> None:
    money = browsers.money
    request = money.submitted(5)
    assert browsers.of("fund_reviewer").get("/ledger").status_code == 403
    assert browsers.of("fund_reviewer").get("/budget").status_code == 403
    assert browsers.of("fund_approver").get("/budget").status_code == 404
    assert browsers.of("province_officer").get(f"/fund/requests/{request}").status_code == 404
    assert browsers.of("province_officer").get(f"/requests/{money.agreement_id}").status_code == 404
    assert browsers.of("fund_approver").get(f"/payments/{uuid4()}").status_code == 404
    assert browsers.of("fund_approver").get(f"/payments/{uuid4()}/evidence/{uuid4()}").status_code == 404
    assert browsers.of("fund_reviewer").get(f"/fund/requests/{money.draft(3)}").status_code == 404
    assert browsers.of("province_lead").get(f"/fund/requests/{request}/decide").status_code == 403


NAMES = re.compile("ไทย|ลป|ปุณณดา\\d*|แสนคำหล้า|ศพด. บ้านดง|อบต.บ้านดง|งบประมาณ|บ้านดง")
"""What stays Thai on an English page: the switch of language, and names."""


def test_english_pages_are_english(browsers: Browsers) -> None:
    money = browsers.money
    centre = money.a_centre("ศพด. บ้านดง", "อบต.บ้านดง")
    money.children(1, centre=centre)
    allocation, sent, draft_id = money.approved(1), money.recommended(1), money.draft(1)
    money.cash(800)
    browsers.fill("finance_officer", f"/budget/{allocation}", f"/budget/{allocation}/entitle")
    batch = browsers.fill("finance_officer", f"/payments/new/{allocation}", method="cash", place="all")
    browsers.fill("finance_officer", f"{batch}/check", name="second")
    pages = {
        "province_lead": ["/", "/requests", "/requests/new", f"/requests/{draft_id}", f"/requests/{draft_id}/send",
                          f"/requests/{draft_id}/lines/{money.grant_id}", f"/requests/{sent}"],
        "finance_officer": ["/budget", f"/budget/{allocation}", "/payments", batch, f"{batch}/sheets", f"{batch}/void",
                            "/transfers", "/ledger?prove=1", "/ledger/add",
                            f"/transfers/give-back/{money.agreement_id}"],
        "signatory": ["/", f"{batch}/sign"],
        "fund_reviewer": ["/", f"/fund/requests/{sent}", "/fund/requests?view=done"],
        "fund_approver": [f"/fund/requests/{sent}/decide", "/ledger"],
        "fund_finance": ["/fund/transfers", "/ledger/add"],
    }  # fmt: skip
    for role, paths in pages.items():
        browsers.of(role, f"english-{role}", "en")
        for path in paths:
            seen = re.sub(r"<script.*?</script>|<[^>]+>", " ", browsers.get(role, path, f"english-{role}"), flags=re.S)
            left = [line.strip() for line in NAMES.sub("", seen).splitlines() if re.search("[ก-๙]", line)]
            assert not left, (path, left[:5])

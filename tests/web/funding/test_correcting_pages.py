"""A question of the fund, a line corrected by the province, and both values before the reviewer."""

from __future__ import annotations

import re

from samoe.funding.requests import actions, queries
from samoe.funding.requests.forms import VerdictForm
from tests.factories.money import DAY
from tests.web.funding.conftest import Browsers
from tests.web.funding.test_money_pages import NAMES


def asked(browsers: Browsers) -> tuple[str, str]:
    """A request of 5 children in which all is asked about; its page, and the page to correct its last line."""
    money = browsers.money
    request = money.submitted(5, [(centre, 7_000) for centre in money.centres])
    money.do("fund_reviewer", actions.start_review, request, on=DAY)
    lines = money.read(queries.lines, request)
    for line in lines:
        money.do("fund_reviewer", actions.judge, request, line.id, VerdictForm("ask", "ตรวจจำนวนอีกครั้ง"), on=DAY)
    money.do("fund_reviewer", actions.ask, request, on=DAY)
    return f"/requests/{request}", f"/requests/{request}/correct/{lines[-1].id}"


def answer_all(browsers: Browsers, here: str) -> None:
    for question in dict.fromkeys(re.findall(r"/answers/([0-9a-f-]{36})", browsers.get("province_officer", here))):
        to = f"{here}/answers/{question}"
        browsers.fill("province_officer", here, to, **{f"answer_{question}": "แก้แล้ว"})


def test_a_line_is_corrected_and_sent_back(browsers: Browsers) -> None:
    here, correct = asked(browsers)
    assert "ส่งไป 5 คน" in browsers.get("province_officer", correct)
    browsers.fill("province_officer", correct, count="๓", note="ตัดรายชื่อซ้ำ 2 คน")
    page = browsers.get("province_officer", here)
    assert "ยังไม่ส่งกลับ กสศ." in page
    there = f"/fund{here}"
    assert "แก้เป็น" not in browsers.get("fund_reviewer", there), "not before it is sent"
    answer_all(browsers, here)
    assert "ตรวจก่อนส่งกลับ" in browsers.get("province_lead", "/")
    assert browsers.of("province_officer").get(f"{here}/resend").status_code == 403
    assert "สองพันสี่ร้อยบาทถ้วน" in browsers.get("province_lead", f"{here}/resend")
    browsers.fill("province_lead", f"{here}/resend")
    page = browsers.get("fund_reviewer", there)
    assert "แก้เป็น" in page
    assert "ฉบับที่ 2" in page
    assert "4,000" in page
    assert "2,400" in page
    assert browsers.of("province_officer").get(correct).status_code == 404


def test_institutions_are_corrected_side_by_side(browsers: Browsers) -> None:
    centre = browsers.money.a_centre("ศพด. บ้านดง")
    here, correct = asked(browsers)
    refused = browsers.refused("province_officer", correct, **{f"grant_{centre}": "6,999"})
    assert refused.status_code == 422
    assert 'value="6,999"' in refused.text
    browsers.fill("province_officer", correct, **{f"grant_{centre}": "8,250"})
    assert "8,250" in browsers.get("province_officer", here)
    dropped = f"{correct}/drop"
    browsers.fill("province_officer", here, dropped, row_version="1")
    assert "8,250" not in browsers.get("province_officer", here)


def test_the_second_of_two_sees_what_the_first_saved(browsers: Browsers) -> None:
    _here, correct = asked(browsers)
    client = browsers.of("province_officer", "second")
    hidden = dict(re.findall(r'name="(_csrf|_once|row_version)" value="([^"]*)"', client.get(correct).text))
    browsers.fill("province_officer", correct, count="3")
    late = client.post(correct, data={**hidden, "count": "2"})
    assert late.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: 3" in late.text
    assert 'value="2"' in late.text


def test_bad_counts_are_told_beside_the_field(browsers: Browsers) -> None:
    _here, correct = asked(browsers)
    for typed in ("", "0", "1e3", "-1", "สาม"):
        answer = browsers.refused("province_officer", correct, count=typed)
        assert answer.status_code == 422, typed


def test_only_the_province_that_was_asked(browsers: Browsers) -> None:
    _here, correct = asked(browsers)
    assert browsers.of("finance_officer").get(correct).status_code == 403
    assert browsers.of("fund_reviewer").get(correct).status_code == 403


def test_english(browsers: Browsers) -> None:
    browsers.money.a_centre("ศพด. บ้านดง")
    here, correct = asked(browsers)
    browsers.fill("province_officer", correct, **{f"grant_{browsers.money.centres[0]}": "8,250"})
    answer_all(browsers, here)
    for path in (here, correct, f"{here}/resend"):
        browsers.of("province_lead", "english", "en")
        seen = re.sub(r"<script.*?</script>|<[^>]+>", " ", browsers.get("province_lead", path, "english"), flags=re.S)
        rest = NAMES.sub("", seen).replace("ตรวจจำนวนอีกครั้ง", "").replace("แก้แล้ว", "")
        assert not re.findall("[ก-๙]+", rest), path

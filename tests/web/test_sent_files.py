"""What comes in as a file, under whatever name and of whatever kind, and how it goes out again: W-02, W-10."""

from __future__ import annotations

from urllib.parse import unquote
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from samoe import files
from samoe.files.models import Document
from samoe.kit.file_names import LONGEST, shown
from samoe.web.context import Context
from samoe.web.form import Form
from samoe.web.htmx import Htmx
from samoe.web.page import Download
from samoe.web.respond import respond
from tests.fixtures_people import People
from tests.web.test_import_pages import ROWS, bring

HOSTILE = {
    "../../etc/passwd": "passwd", "..\\..\\boot.ini": "boot.ini", "/absolute/รายชื่อ.xlsx": "รายชื่อ.xlsx",
    "a\r\nSet-Cookie: x=1\r\n.csv": "aSet-Cookie: x=1.csv", "nul\0.csv": "nul.csv", "ราย\u202exslx.exe": "รายxslx.exe",
    "ช่อง\u200bว่าง\u2066.csv": "ช่องว่าง.csv", "": "file", "..": "file", " . ": "file",
    "ก" * 300 + ".xlsx": "ก" * (LONGEST - 5) + ".xlsx", "x" * 300: "x" * LONGEST,
    '"; filename="evil.exe': '"; filename="evil.exe', "รายชื่อ เด็ก (ครั้งที่ 2).xlsx": "รายชื่อ เด็ก (ครั้งที่ 2).xlsx",
}  # fmt: skip
"""What a file calls itself, and what it is called here."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_and_never_a_path(shared_people: People, name: str) -> None:
    """W-10. Guard: ``files.keep`` makes the key itself and shows the name through ``kit.file_names.shown``; without
    the latter signs that turn the writing round stand on the page."""
    with shared_people.work("lampang.officer") as db:
        kept = files.keep(db, shared_people.settings, file_name=name, content=b"x", content_type="x", purpose="import")
        assert kept.file_name == HOSTILE[name] == shown(name)
        assert kept.store_key == f"t/{db.scalar(text('select public_id from tenants where id = 52'))}/{kept.id}"
    inside = {path.relative_to(shared_people.settings.files_folder).parts[0]
              for path in shared_people.settings.files_folder.rglob("*")}  # fmt: skip
    assert inside == {"t"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_cannot_write_into_the_answers_head(shared_people: People, name: str) -> None:
    """W-10: the head of the answer names the file as RFC 6266 has it, and cannot be broken out of."""
    held = head(shared_people, Download(b"x", name))["content-disposition"]
    assert held.startswith("attachment; filename*=UTF-8''")
    assert held.isascii()
    assert not {"\r", "\n", '"', ";"} & set(held.partition("''")[2])
    assert unquote(held.partition("''")[2]) == HOSTILE[name]


def head(people: People, answer: Download) -> dict[str, str]:
    """The head with which a file goes out."""
    context = Context(
        settings=people.settings, path="/x", query=Form(), form=Form(), htmx=Htmx.of({}), locale="th",
        request_id="1", nonce="1", csrf_token="1",
    )  # fmt: skip
    return {name.lower(): value for name, value in respond(answer, context).headers.items()}


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "text/xml", "application/xhtml+xml", "text/javascript"])
def test_what_is_downloaded_is_never_shown_as_a_page(shared_people: People, kind: str) -> None:
    """W-02. Guard: ``samoe.web.respond`` gives each file as an attachment, in a sandbox, its kind not to be guessed."""
    told = head(shared_people, Download(b"<svg onload=alert(1)>", "x.svg", kind))
    assert told["content-disposition"].startswith("attachment")
    assert told["x-content-type-options"] == "nosniff"
    assert told["content-security-policy"] == "default-src 'none'; sandbox"


def test_a_file_sent_by_its_form_is_called_by_its_clean_name(people: People) -> None:
    """W-10, all the way: a name of 300 signs with a path and a sign that turns the writing round."""
    lead = people.client_of("lampang.lead")
    bring(people, lead)
    form = {"_csrf": people.token_of(lead), "_once": uuid4().hex, "group": "early_childhood"}
    name = "../../" + "ด" * 300 + "\u202evsc.csv"
    assert lead.post("/imports", data=form, files={"file": (name, f"{ROWS}2,ด.ญ.สอง ทดลอง,,แจ้ห่ม,แจ้ห่ม\n".encode())}
                     ).status_code == 303  # fmt: skip
    with people.work("lampang.lead") as db:
        names = set(db.scalars(select(Document.file_name)))
    assert names == {"a.csv", "ด" * 196 + ".csv"}

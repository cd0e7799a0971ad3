"""A group that was made in the browser is taken away where nothing hangs on it, and stays where anything does."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from samoe.audit.models import AuditEvent
from samoe.cli import samoe
from samoe.kit.problem import NotFound, Problem, Problems
from samoe.programmes.models import PhaseGroup
from samoe.targetgroups import enabling, group_versions, installed, removing
from samoe.targetgroups.models import TenantGroup
from tests.fixtures_people import People
from tests.web.test_sharing import MONTHS, PREGNANT, SENTENCE, newest, offered, published, push
from tests.web.test_sharing_meets import answer

PAGE = "/groups/{}/remove"


def test_what_nothing_hangs_on_goes_and_what_has_data_stays(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    lead, other = people.client_of("phuket.lead"), people.client_of("lampang.lead")
    published(people, "phuket.lead", "young_mothers", PREGNANT, MONTHS, begin=True)
    published(people, "phuket.lead", "migrants", PREGNANT, begin=True, name={"th": "เด็กย้ายถิ่น", "en": "Migrants"})
    answer(people, pregnant=True)
    with people.work("phuket.lead") as db:
        phase = db.scalar(select(PhaseGroup.phase_id))
        db.add(PhaseGroup(phase_id=phase, group_slug="migrants", register="target_list", source="list"))
    push(lead, "/groups/migrants/share", useful_for=SENTENCE)
    page = PAGE.format("migrants")
    assert "ปิดใช้ก่อน" in lead.get(page).text
    assert PAGE.format("nobodys") not in lead.get("/groups").text
    assert lead.get(PAGE.format("early_childhood")).status_code == lead.get(PAGE.format("nobodys")).status_code == 404

    # Switched off: it is no longer offered either, and can be taken away from the list of what may be switched on.
    assert "จะถูกถอนด้วย" in lead.get("/groups/migrants/off").text
    at = offered(people)
    for slug in ("migrants", "young_mothers"):
        push(lead, f"/groups/{slug}/off")
        assert PAGE.format(slug) in lead.get("/groups").text
    assert other.get(at).status_code == 404
    assert "เด็กย้ายถิ่น" not in other.get("/designs/gallery").text

    stands = PAGE.format("young_mothers")
    assert "เคส 1 เคส" in lead.get(stands).text
    assert f'action="{stands}"' not in lead.get(stands).text, "no button that does nothing"
    with people.work("phuket.lead") as db, pytest.raises(Problems, match="เคส 1 เคส"):
        removing.remove(db, people.actor("phuket.lead"), "young_mothers")
    people.database.told_to(monkeypatch, people.settings.home)
    refused = CliRunner().invoke(samoe, ["groups", "remove", "young-mothers", "--tenant", "phuket", "--yes"])
    assert isinstance(refused.exception, Problems)

    assert push(lead, page).status_code == 303
    assert lead.get(page).status_code == 404
    assert "เด็กย้ายถิ่น" not in lead.get("/groups").text + lead.get("/designs/new").text + lead.get("/designs").text
    with people.work("phuket.lead") as db:
        assert [one.slug for one in group_versions.versions(db, "migrants")] == ["migrants"], "what was published stays"
        assert "migrants" not in set(db.scalars(select(PhaseGroup.group_slug)))
        done = select(AuditEvent.actor_id).where(AuditEvent.verb == "removed", AuditEvent.subject_id == "migrants")
        assert db.scalar(done) == people.actor("phuket.lead").membership_id
        with pytest.raises(NotFound):
            enabling.enable(db, people.actor("phuket.lead"), "migrants")
        row = db.scalar(select(TenantGroup).where(TenantGroup.slug == "migrants"))
        with pytest.raises(Problem, match="ใช้ชื่อนี้อีกไม่ได้"):
            enabling.refuse_removed(row)
    assert installed.missing(people.settings) == []
    # The name for the machine is not given to another one.
    published(people, "lampang.lead", "migrants", PREGNANT, begin=True)
    push(other, "/groups/migrants/share", useful_for=SENTENCE)
    told = lead.get(push(lead, offered(people)).headers["location"]).text
    assert "จังหวัดเรามีกลุ่มที่ใช้ชื่อในระบบว่า migrants อยู่แล้ว" in told
    assert newest(people, "phuket.lead", "migrants_2").draft

"""Groups made in one province's browser are taken along as folders, and work where nobody made them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from samoe.audit.models import AuditEvent
from samoe.casework.screening.actions import screen
from samoe.intake.batches import actions, reading
from samoe.jobs import Work
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.phases.queries import phase_numbered
from samoe.targetgroups import group_versions
from samoe.targetgroups.discovery import catalogue, load
from samoe.targetgroups.enabling import enable, group_or_404
from tests.browser.builder.groups import MIGRANTS, MOTHERS, Wanted
from tests.conftest import Cluster, Database
from tests.fixtures_people import Client, People, another
from tests.web.test_designs import SCHOOL, begin, filled
from tests.web.test_programme_pages import PHASE, sent

BOTH = (MOTHERS, MIGRANTS)
DAY = {"effective_on_day": "15", "effective_on_month": "1", "effective_on_year": "2564"}


@dataclass
class Counts:
    """What came of a file and of screening those who were in it."""

    rows: int
    qualify: int
    do_not: int
    unknown: int


@pytest.fixture
def elsewhere(cluster: Cluster, cast_template: Database, tmp_path: Path) -> Iterator[People]:
    """Another province in another database: nobody there has made anything."""
    with another(cluster, cast_template, tmp_path / "elsewhere") as made:
        yield made


def opened(people: People) -> Client:
    """The lead of Lampang, with a programme and a phase."""
    lead = people.client_of("lampang.lead")
    sent(people, lead, "/programme/edit", name_th="โครงการ")
    sent(people, lead, "/programme/phases/new", **PHASE)
    return lead


def build(lead: Client, wanted: Wanted) -> str:
    """As a lead does it at a browser, from a blank page to a group that is on; the address of its design."""
    at = begin(lead, **{"name.th": wanted.name[0], "name.en": wanted.name[1]})
    filled(lead, f"{at}/about", **{"serves.th": wanted.serves[0], "serves.en": wanted.serves[1]})
    for one in wanted.asked:
        words = {"label.th": one.words[0], "label.en": one.words[1], "type": one.kind}
        place = filled(lead, f"{at}/parts/fields", **words).headers["location"]
        options = {
            f"options.{nth}.label.{locale}": said
            for nth, option in enumerate(one.options) for locale, said in zip(("th", "en"), option, strict=True)
        }  # fmt: skip
        if options:
            assert filled(lead, place, **options).status_code == 303
    filled(lead, f"{at}/criteria", do="begin")
    for nth, (what, how, value) in enumerate(wanted.picks):
        if nth:
            filled(lead, f"{at}/criteria", do="add:")
        for box, typed in (("measure", what), ("op", how), ("value", value)):
            if typed:
                assert filled(lead, f"{at}/criteria", **{f"c.{nth}.{box}": typed}).status_code == 303
    assert filled(lead, f"{at}/publish", enable="1", **DAY).headers["location"] == f"/groups/{wanted.slug}"
    return at


def used(people: People, wanted: Wanted) -> Counts:
    """The file of those people brought in, and everybody screened."""
    lead = people.actor("lampang.lead")
    work = Work(people.settings, lead)
    with work.transaction() as db:
        in_phase = GroupInPhaseForm("target_list", "survey", None)
        set_group(db, lead, phase_numbered(db, 1).id, wanted.slug, in_phase)
        table = actions.SentTable(f"{wanted.slug}.xlsx", wanted.workbook())
        read = {"as_of": "2021-03-31"}
        batch = actions.upload(db, lead, people.settings, group_slug=wanted.slug, table=table, options=read).id
    assert not reading.propose_reading(work, batch).unmapped
    with work.transaction() as db:
        actions.confirm(db, lead, batch, {}, job=None)
    reading.check(work, batch)
    with work.transaction() as db:
        actions.order_commit(db, lead, batch, job=None)
    rows = actions.commit(work, batch)
    with work.transaction() as db:
        run = screen(db, lead, group_or_404(db, wanted.slug), phase_numbered(db, 1), today=date(2021, 4, 20))
    return Counts(rows["create"], run.qualifies or 0, run.does_not or 0, run.unknown or 0)


def test_two_groups_made_in_a_browser_work_as_folders_elsewhere(
    people: People, elsewhere: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, root = opened(people), tmp_path / "modules"
    root.mkdir()
    here = {}
    for wanted in BOTH:
        at = build(lead, wanted)
        here[wanted.slug] = used(people, wanted)
        file = lead.get(f"{at}/folder")
        assert file.status_code == 200, file.text
        zipfile.ZipFile(BytesIO(file.content)).extractall(root)
        assert load(root / f"samoe_{wanted.slug}").manifest.name.th == wanted.name[0]
    assert sorted(folder.name for folder in root.iterdir()) == [f"samoe_{one.slug}" for one in reversed(BOTH)]
    monkeypatch.syspath_prepend(str(root))
    assert {one.slug for one in BOTH} <= set(catalogue())
    opened(elsewhere)
    for wanted in BOTH:
        with elsewhere.work("lampang.lead") as db:
            assert group_versions.versions(db, wanted.slug) == []
            enable(db, elsewhere.actor("lampang.lead"), wanted.slug)
        there = used(elsewhere, wanted)
        assert there == here[wanted.slug]
        assert (there.rows, there.qualify) == (len(wanted.rows), wanted.qualify)


def test_the_button_gives_the_very_folder_and_the_trail_says_so(people: People) -> None:
    lead = opened(people)
    at = build(lead, MOTHERS)
    for page, address in (
        (at, f"{at}/folder"),
        (f"/groups/{MOTHERS.slug}/design/versions", f"/groups/{MOTHERS.slug}/design/folder"),
    ):
        assert f'href="{address}" download' in lead.get(page).text
        file = lead.get(address)
        assert file.headers["content-disposition"] == f"attachment; filename*=UTF-8''samoe_{MOTHERS.slug}.zip"
        names = zipfile.ZipFile(BytesIO(file.content)).namelist()
        assert f"samoe_{MOTHERS.slug}/module.toml" in names
        assert f"samoe_{MOTHERS.slug}/README.md" in names
    shipped = zipfile.ZipFile(BytesIO(lead.get("/groups/early_childhood/design/folder").content))
    assert "samoe_early_childhood/README.md" in shipped.namelist()
    assert people.client_of("lampang.officer").get(f"{at}/folder").status_code == 403
    with people.work("lampang.lead") as db:
        e = AuditEvent
        told = db.scalars(select(e.subject_id).where(e.verb == "exported").order_by(e.id)).all()
    assert told == [MOTHERS.slug, MOTHERS.slug, "early_childhood"]


def test_a_draft_with_faults_is_no_folder_yet(people: People) -> None:
    lead = opened(people)
    at = begin(lead)
    assert filled(lead, f"{at}/parts/fields", **SCHOOL).status_code == 303
    assert f"{at}/folder" not in lead.get(at).text
    refused = lead.get(f"{at}/folder")
    assert (refused.status_code, "zip" in refused.headers["content-type"]) == (422, False)

"""Mending who somebody is, identity numbers and consent."""

from __future__ import annotations

from uuid import UUID

from samoe import files
from samoe.files.papers import CARD_WORDS, paper
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.kit.reading import Reading
from samoe.registry.consents import actions as consents
from samoe.registry.consents import texts
from samoe.registry.consents.queries import OF_AGE, PURPOSES, consents_of
from samoe.registry.models import Person
from samoe.registry.persons import actions, queries
from samoe.registry.persons.forms import read_facts
from samoe.tenancy import areas, current
from samoe.tenancy.rehearsing import province_of
from samoe.web import Context, Page, Redirect, get, post, redirect
from samoe.web.page import Download

WRITE = Permission.PERSON_WRITE
CHANNELS = {"paper": "ลงนามในกระดาษ", "in_person": "พูดต่อหน้า", "phone": "ทางโทรศัพท์"}


@get("/people/{person_id:uuid}/edit", WRITE)
def edit_form(ctx: Context, person_id: UUID) -> Page:
    """What is written of a person, to be mended."""
    person = queries.get(ctx.db, person_id)
    actions.opened(ctx.db, ctx.actor, person.id)
    known = {
        "title": person.title, "first_name": person.first_name, "last_name": person.last_name, "sex": person.sex,
        "birth_date": _birth(person), "house_no": person.house_no, "moo": person.moo, "area_code": person.area_code,
        "phone": ", ".join(person.phones or ()), "guardian_name": person.guardian_name,
    }  # fmt: skip
    return Page(
        "registry/edit_person.html",
        {"person": person, "given_person": known, "name": _name(person), "subdistricts": _subdistricts(ctx)},
    )


@post("/people/{person_id:uuid}/edit", WRITE, again=edit_form)
def save_person(ctx: Context, person_id: UUID) -> Redirect:
    """Keep it, unless somebody else was first."""
    reading = Reading(ctx.form)
    facts = read_facts(reading, province_of(current().tenant_id))
    version = reading.whole("row_version", required="เปิดหน้านี้ใหม่แล้วกรอกอีกครั้ง")
    reading.check()
    actions.change_person(ctx.db, ctx.actor, person_id, version or 0, facts)
    return redirect(f"/people/{person_id}", gettext("บันทึกแล้ว"))


@get("/people/{person_id:uuid}/identifiers", Permission.PERSON_READ)
def identifiers(ctx: Context, person_id: UUID) -> Page:
    """The numbers of a person, masked, with the way to see or add one."""
    return Page("registry/identifiers.html", _identifiers(ctx, person_id, []))


@post("/people/{person_id:uuid}/reveal", Permission.PERSON_REVEAL, again=identifiers)
def reveal(ctx: Context, person_id: UUID) -> Page:
    """The numbers in full, once, for a reason that is kept."""
    shown = actions.reveal(ctx.db, ctx.actor, person_id, ctx.form.text("reason"))
    return Page("registry/identifiers.html", _identifiers(ctx, person_id, shown))


@post("/people/{person_id:uuid}/identifiers", WRITE, again=identifiers)
def add_identifier(ctx: Context, person_id: UUID) -> Redirect:
    """Write down a new number; a former one of its kind is closed."""
    actions.add_identifier(ctx.db, ctx.actor, person_id, ctx.form.text("identifier"), since=ctx.today)
    return redirect(f"/people/{person_id}", gettext("บันทึกเลขประจำตัวแล้ว"))


@get("/people/{person_id:uuid}/consents", Permission.PERSON_READ)
def consent_form(ctx: Context, person_id: UUID) -> Page:
    """What was consented to, and recording one more."""
    person = queries.get(ctx.db, person_id)
    actions.opened(ctx.db, ctx.actor, person.id)
    age = queries.age_of(person, ctx.today)
    return Page(
        "registry/consents.html",
        {
            "person": person, "name": _name(person), "purposes": PURPOSES, "channels": CHANNELS, "age": age,
            "guardian_only": age is None or age <= consents.GUARDIAN_ONLY, "given": consents_of(ctx.db, person.id),
            "wordings": texts.all_published(ctx.db), "cards": CARD_WORDS, "grown": age is not None and age >= OF_AGE,
        },
    )  # fmt: skip


@post("/people/{person_id:uuid}/consents", WRITE, again=consent_form, large=True)
def record_consent(ctx: Context, person_id: UUID) -> Redirect:
    """Record a consent, or its withdrawal."""
    reading = Reading(ctx.form)
    purpose = reading.one_of("purpose", tuple(PURPOSES), required="เลือกเรื่องที่ยินยอม") or ""
    withdraw = bool(reading.text("withdraw"))
    on = reading.day("given_on") or ctx.today
    given_by = reading.one_of("given_by", ("self", "guardian", "both")) or "guardian"
    channel = reading.one_of("channel", tuple(CHANNELS)) or "paper"
    reading.check()
    if withdraw:
        consents.withdraw_consent(ctx.db, ctx.actor, person_id, purpose=purpose, withdrawn_on=on)
        return redirect(f"/people/{person_id}", gettext("ถอนความยินยอมแล้ว"))
    consents.record_consent(
        ctx.db, ctx.actor, person_id, purpose=purpose, given_by=given_by, given_on=on, channel=channel,
        guardian_name=reading.text("guardian_name"), relation=reading.text("relation"), proof=reading.text("proof"),
        witness=reading.text("witness"), document_id=_paper(ctx, person_id),
    )  # fmt: skip
    return redirect(f"/people/{person_id}", gettext("บันทึกความยินยอมแล้ว"))


@get("/people/{person_id:uuid}/consents/{consent_id:uuid}/paper", Permission.PERSON_READ)
def consent_paper(ctx: Context, person_id: UUID, consent_id: UUID) -> Download:
    """The signed paper of a consent."""
    person = queries.get(ctx.db, person_id)
    found = next((one for one in consents_of(ctx.db, person.id) if one.id == consent_id and one.document_id), None)
    if found is None or found.document_id is None:
        raise NotFound
    actions.opened(ctx.db, ctx.actor, person.id)
    document, content = files.content_of(ctx.db, ctx.settings, found.document_id)
    return Download(content, document.file_name, document.content_type)


def _paper(ctx: Context, person_id: UUID) -> UUID | None:
    """The paper that came along, kept; None where none did."""
    sent = ctx.form.file("document")
    if sent is None:
        return None
    kept = paper(sent.content, card=ctx.form.text("card"), covers=ctx.form.all("cover"), field="document")
    return files.keep(
        ctx.db, ctx.settings, file_name=sent.name, content=kept.content, content_type=kept.content_type,
        purpose="consent", subject_type="person", subject_id=queries.get(ctx.db, person_id).id,
    ).id  # fmt: skip


def _identifiers(ctx: Context, person_id: UUID, shown: list[str]) -> dict[str, object]:
    person = queries.get(ctx.db, person_id)
    actions.opened(ctx.db, ctx.actor, person.id)
    return {
        "person": person, "name": _name(person), "known": queries.identifiers_of(ctx.db, person.id), "shown": shown,
    }  # fmt: skip


def _name(person: Person) -> str:
    return queries.shown_name(person.title, person.first_name, person.last_name)


def _birth(person: Person) -> dict[str, object] | None:
    """The date as typed before: only as much of it as was known."""
    day = person.birth_date
    if day is None:
        return None
    precision = person.birth_precision
    return {
        "day": day.day if precision == "day" else "", "month": day.month if precision in ("day", "month") else "",
        "year": day.year + 543,
    }  # fmt: skip


def _subdistricts(ctx: Context) -> list[tuple[str, str]]:
    return [
        (sub.code, f"{district.of(ctx.locale)} · {sub.of(ctx.locale)}")
        for district in areas.districts(province_of(current().tenant_id))
        for sub in areas.subdistricts(district.code)
    ]


routes = [edit_form, save_person, identifiers, reveal, add_identifier, consent_form, record_consent, consent_paper]

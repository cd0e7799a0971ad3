"""The register of institutions."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit import ids
from samoe.kit.reading import Reading
from samoe.registry.institutions import actions, queries
from samoe.tenancy import areas, current
from samoe.tenancy.rehearsing import province_of
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

READ, WRITE = Permission.INSTITUTION_READ, Permission.INSTITUTION_WRITE


@get("/institutions", READ, words=True)
def institutions(ctx: Context) -> Page:
    """Institutions in dictionary order, by kind, district and name."""
    kind, district = ctx.query.text("kind"), ctx.query.text("district")
    found = queries.listed(
        ctx.db, kinds=(kind,) if kind in queries.KINDS else (), district=district if areas.find(district) else None,
        typed=ctx.words.text, after=ids.read(ctx.query.text("after")), limit=queries.PAGE + 1,
    )  # fmt: skip
    rows = found[: queries.PAGE]
    return Page(
        "registry/institutions.html",
        {
            "rows": rows, "kinds": queries.KINDS, "kind": kind, "district": district,
            "districts": areas.districts(province_of(current().tenant_id)), "area_name": areas.name_of,
            "next": rows[-1].id if len(found) > queries.PAGE else None,
        },
    )  # fmt: skip


@get("/institutions/new", WRITE)
def new_institution(ctx: Context) -> Page:
    """The form for one more."""
    return Page("registry/institution_form.html", {**_choices(ctx), "institution": None, "supervision": []})


@post("/institutions/new", WRITE, again=new_institution)
def add_institution(ctx: Context) -> Redirect:
    """Write it down."""
    reading = Reading(ctx.form)
    kind = reading.one_of("kind", tuple(queries.KINDS), required="เลือกประเภทหน่วยงาน") or ""
    name = reading.text("name", required="พิมพ์ชื่อหน่วยงาน")
    codes = [area.code for area in areas.subdistricts(province_of(current().tenant_id))]
    area = reading.one_of("area_code", codes, required="เลือกตำบลที่ตั้ง") or ""
    agency = reading.text("agency_name")
    reading.check()
    made = actions.add_institution(ctx.db, ctx.actor, kind=kind, name=name, area_code=area)
    if agency:
        actions.supervise(ctx.db, ctx.actor, made, agency_name=agency, from_on=None)
    return redirect("/institutions", gettext("เพิ่มหน่วยงานแล้ว"))


@get("/institutions/{institution_id:uuid}/edit", WRITE)
def edit_institution(ctx: Context, institution_id: UUID) -> Page:
    """Mend the name and kind, and say who supervises it."""
    found = queries.get(ctx.db, institution_id)
    return Page(
        "registry/institution_form.html",
        {**_choices(ctx), "institution": found, "supervision": queries.supervision_of(ctx.db, institution_id)},
    )


@post("/institutions/{institution_id:uuid}/edit", WRITE, again=edit_institution)
def save_institution(ctx: Context, institution_id: UUID) -> Redirect:
    """Keep it, unless somebody else was first."""
    reading = Reading(ctx.form)
    kind = reading.one_of("kind", tuple(queries.KINDS), required="เลือกประเภทหน่วยงาน") or ""
    name = reading.text("name", required="พิมพ์ชื่อหน่วยงาน")
    version = reading.whole("row_version", required="เปิดหน้านี้ใหม่แล้วกรอกอีกครั้ง")
    agency = reading.text("agency_name")
    reading.check()
    actions.rename_institution(ctx.db, ctx.actor, institution_id, version or 0, name=name, kind=kind)
    known = queries.supervision_of(ctx.db, institution_id)
    if agency and (not known or known[0].to_on is not None or known[0].agency_name != agency):
        actions.supervise(ctx.db, ctx.actor, institution_id, agency_name=agency, from_on=ctx.today)
    return redirect(f"/institutions/{institution_id}", gettext("บันทึกแล้ว"))


def _choices(ctx: Context) -> dict[str, object]:
    places = [
        (sub.code, f"{district.of(ctx.locale)} · {sub.of(ctx.locale)}")
        for district in areas.districts(province_of(current().tenant_id))
        for sub in areas.subdistricts(district.code)
    ]
    return {"kinds": queries.KINDS, "subdistricts": places}


menu = [MenuItem("หน่วยงาน", "/institutions", READ, order=30, national=False)]
routes = [institutions, new_institution, add_institution, edit_institution, save_institution]

"""A form with sections, conditions, rows and calculations, small enough to follow."""

from typing import Any

from samoe.sdk import parse


def words(th: str, en: str = "") -> dict[str, str]:
    return {"th": th, "en": en or th}


def field(slug: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "type": kind, "label": words(slug), **more}


DATA: dict[str, Any] = {
    "slug": "form", "version": 1, "subject": "person",
    "name": words("แบบ"), "summary": words("แบบ"), "serves": words("แบบ"),
    "sections": [{"slug": "home", "label": words("บ้าน", "Home")}, {"slug": "money", "label": words("เงิน", "Money")}],
    "fields": [
        field("works", "flag"),
        field("wage", "money", section="money", period="month", required=True,
              shown_when={"field": "works", "op": "is_true"}),
        field("wage_year", "calculated", section="money", gives="money", calculate={"product": ["wage", 12]}),
        field("rich", "text", shown_when={"field": "wage_year", "op": ">", "value": 100_000_00}),
        field("needs", "choices", section="home", options=[
            {"value": "food", "label": words("อาหาร", "Food")}, {"value": "bus", "label": words("รถ", "Bus")},
            {"value": "radio", "label": words("วิทยุ", "Radio"), "retired": True}]),
        field("reason", "choice", codelist="dropout_reasons"),
        field("left", "date", partial=True), field("today", "date"),
        field("years", "calculated", gives="count", calculate={"age": "left", "on": "today"}),
        field("home", "area", section="home"), field("district", "area", level="district"),
        field("phone", "phone"), field("card", "national_id", purpose=words("ตรวจ")),
        field("centre", "institution"), field("spot", "gps"),
        field("children", "repeat", max=2, parts=[
            field("name", "text", required=True), field("born", "date"), field("cost", "money")]),
        field("how_many", "calculated", gives="count", calculate={"rows": "children"}),
        field("costs", "calculated", gives="money", calculate={"total": "children", "column": "cost"}),
        field("left_over", "calculated", gives="money", calculate={"difference": ["wage_year", "costs"]}),
        field("each", "calculated", calculate={"quotient": ["how_many", {"sum": ["how_many", 2]}]}),
    ],
}  # fmt: skip
FORM = parse(DATA)
WITH_FILES = parse({**DATA, "fields": [
    field("house", "photo") | {"label": words("ภาพถ่ายบ้าน", "Photograph of the house")},
    field("income_paper", "file", sensitive=True, purpose=words("ตรวจรายได้")) | {"label": words("หนังสือรับรองรายได้")},
]}).fields  # fmt: skip
"""Questions that are answered with a file."""

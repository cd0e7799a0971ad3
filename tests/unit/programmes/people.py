"""Who acts in these tests, and forms as they would send them."""

from dataclasses import replace
from datetime import date

from samoe.identity import Actor

LEAD = Actor(52, "lampang", "province", "ลำปาง", "Lampang", "province_lead", "ผู้รับผิดชอบ")
READER = replace(LEAD, role="committee_viewer", permissions=frozenset())
DAY = date(2021, 3, 18)


class Typed:
    """A form as typed: one text a field, or several."""

    def __init__(self, **fields: str | list[str]) -> None:
        self.fields = {name.replace("__", "."): value for name, value in fields.items()}

    def text(self, name: str) -> str:
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else (value[0] if value else "")

    def all(self, name: str) -> list[str]:
        value = self.fields.get(name, [])
        return [value] if isinstance(value, str) else value

    def file(self, _: str) -> None:
        """None comes along."""


def typed_day(name: str, day: int, month: int, be_year: int) -> dict[str, str]:
    """The three fields of a date."""
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(be_year)}

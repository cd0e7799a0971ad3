"""What a record says of a person, in words."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.kit import be_format
from samoe.registry.models import Person
from samoe.tenancy import areas

SEX_WORDS = {"male": "ชาย", "female": "หญิง"}


def said(person: Person, choice: str, locale: str) -> str:
    """One of ``registry.duplicates.queries.CHOICES``; empty where the record says nothing."""
    if choice == "name":
        return f"{person.first_name} {person.last_name}".strip()
    if choice == "sex":
        return _(SEX_WORDS[person.sex]) if person.sex in SEX_WORDS else ""
    if choice == "birth":
        return _birth(person, locale)
    if choice == "address":
        return _address(person, locale)
    if choice == "phones":
        return " · ".join(person.phones or ())
    return (person.title if choice == "title" else person.guardian_name) or ""


def _birth(person: Person, locale: str) -> str:
    if person.birth_date is None:
        return ""
    if person.birth_precision == "day":
        return be_format.short(person.birth_date, locale)
    year = person.birth_date.year + (543 if locale == "th" else 0)
    return _("ปี %(year)s", year=year)


def _address(person: Person, locale: str) -> str:
    words = [person.house_no or "", _("หมู่ %(n)s", n=person.moo) if person.moo else ""]
    if person.area_code:
        words += [areas.name_of(person.area_code, locale), areas.name_of(person.area_code[:4], locale)]
    return " · ".join(word for word in words if word)

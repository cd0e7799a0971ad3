"""Words of the programme's pages that more than one page says."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.i18n import current_locale, gettext
from samoe.kit import satang
from samoe.programmes.benefits.queries import BenefitTerms
from samoe.programmes.targets.queries import Span
from samoe.tenancy import areas


def options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of value and word for a list to choose from, in the language of the moment."""
    return [(value, gettext(word)) for value, word in words.items()]


def where(codes: tuple[str, ...] | None, province_code: str | None) -> str:
    """The districts by name, or the whole province with how many districts it has."""
    if codes is None:
        count = len(areas.districts(province_code or ""))
        return gettext("ทั้งจังหวัด %(n)s อำเภอ", n=count) if count else gettext("ทั้งจังหวัด")
    return " · ".join(areas.name_of(code, current_locale()) for code in codes)


def span(found: Span) -> str:
    """A target for reading."""
    return f"{found.least:,}" if found.single else f"{found.least:,}–{found.most:,}"


def amounts(terms: BenefitTerms) -> str:
    """A flat amount, or a range, in baht."""
    least, most = satang.baht_short(terms.min_amount), satang.baht_short(terms.max_amount)
    return gettext("%(amount)s บาท", amount=least if terms.flat else f"{least}–{most}")

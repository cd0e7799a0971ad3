"""A draft's body: module.toml's own keys as plain data, and what the builder's buttons do to it.

Nothing here is judged: a draft may have faults until it is published.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from samoe.sdk.tables import SLUG

Body = dict[str, Any]
Item = dict[str, Any]
STARTS = ("money", "referral", "institution")
"""What a blank page may begin with: files beside this one, each a whole path for that kind of help."""
LEFT_OUT = ("demo", "python", "parts", "version", "slug")
"""What a group begun from another one does not take over."""


CRITERIA_LABEL = {"th": "เกณฑ์คัดกรอง", "en": "Criteria"}
QUALIFY = {"measure": "decision", "outcome": "qualifies", "label": {"th": "ผ่านเกณฑ์", "en": "Qualify"}}


def begin(start: str, slug: str, name: Mapping[str, str]) -> Body:
    """A body to begin with: the path that cases take with this kind of help, and what is counted."""
    file = resources.files(__package__) / "starts" / f"{start}.toml"
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    return {"slug": slug, **body, "name": dict(name)}


def begin_from(other: Mapping[str, Any], slug: str, name: Mapping[str, str]) -> Body:
    """A body that another group serves as the template of."""
    kept = {key: value for key, value in other.items() if key not in LEFT_OUT}
    return {"slug": slug, **kept, "name": dict(name)}


def items(body: Mapping[str, Any], part: str) -> list[Item]:
    """The things of one part (fields, stages, …), in order."""
    found = body.get(part)
    return list(found) if isinstance(found, list) else []


def place_of(body: Mapping[str, Any], part: str, key: str, slug: str) -> int | None:
    """Where the thing with this name stands."""
    return next((place for place, item in enumerate(items(body, part)) if item.get(key) == slug), None)


def put(body: Mapping[str, Any], part: str, place: int | None, item: Item) -> Body:
    """The body with a thing changed at its place, or added last."""
    now = items(body, part)
    if place is None:
        now.append(item)
    else:
        now[place] = item
    return {**body, part: now}


def without(body: Mapping[str, Any], part: str, place: int) -> Body:
    """The body without one thing."""
    now = items(body, part)
    del now[place]
    return {**body, part: now}


def moved(body: Mapping[str, Any], part: str, place: int, by: int) -> Body:
    """Two neighbours have changed places; at an end nothing happens."""
    now = items(body, part)
    other = place + by
    if 0 <= other < len(now):
        now[place], now[other] = now[other], now[place]
    return {**body, part: now}


def ordered(body: Mapping[str, Any], part: str, key: str, slugs: Iterable[str]) -> Body:
    """The things in the order of their names, as dragging sends it; those not named stay behind them."""
    wanted = {slug: place for place, slug in enumerate(slugs)}
    return {**body, part: sorted(items(body, part), key=lambda item: wanted.get(str(item.get(key)), len(wanted)))}


def with_criteria(body: Mapping[str, Any], tree: Any | None) -> Body:
    """The body with this rule to screen by, or with none; what counts its decisions comes and goes with it."""
    before = next((rule for rule in items(body, "rules") if rule.get("slug") == "criteria"), None)
    others = [rule for rule in items(body, "rules") if rule.get("slug") != "criteria"]
    figures = items(body, "figures")
    if tree is None:
        left = [figure for figure in figures if figure.get("measure") != "decision"]
        return {**body, "rules": others, "figures": left}
    if before is None and all(figure.get("measure") != "decision" for figure in figures):
        taken = {figure.get("key") for figure in figures}
        figures.insert(1, {**QUALIFY, "key": "qualify" if "qualify" not in taken else "qualify_by_criteria"})
    rule = {"slug": "criteria", "label": (before or {}).get("label", CRITERIA_LABEL), "tree": tree}
    return {**body, "rules": [rule, *others], "figures": figures}


def slug_from(words: str, taken: Iterable[str], otherwise: str) -> str:
    """A name for the machine from English words: short, and not taken."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:40].rstrip("_")
    base = plain if SLUG.fullmatch(plain) else otherwise
    used, found, number = set(taken), base, 2
    while found in used:
        found, number = f"{base}_{number}", number + 1
    return found

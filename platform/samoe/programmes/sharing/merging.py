"""Three bodies of one group: the original as it was taken, the original now, and what stands here now.

Everything that the original says otherwise is one ``Unit``: a thing of a list by its name, a key that is no list, or
the order of a list. Each can be laid in or left. Of a thing that both have changed, only the keys that the original
changed are laid in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samoe.programmes.designs.bodies import Body

ADDED, REMOVED, CHANGED, ORDER = "added", "removed", "changed", "order"
KEPT_HERE = ("slug", "version", "demo", "parts")
"""What is the group's own here, whatever the original says."""
Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that the original says otherwise.

    ``name`` is empty for a key that is no list. ``keys`` are what it says otherwise of a thing that is here, too;
    ``clashing`` are those of which this side says something else again. ``clash`` is whether both have changed it.
    """

    part: str
    name: str
    verb: str
    base: Any
    theirs: Any
    mine: Any
    keys: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()
    clash: bool = False

    @property
    def id(self) -> str:
        """How a form names it."""
        return f"{self.part}:{self.verb if self.verb == ORDER else 'thing'}:{self.name}"


def units(base: Thing, theirs: Thing, mine: Thing) -> list[Unit]:
    """What the original has changed since it was taken and does not stand here yet, part by part."""
    found: list[Unit] = []
    for part in dict.fromkeys((*theirs, *base)):
        if part in KEPT_HERE:
            continue
        key = _named_by(part, base, theirs, mine)
        if key is None:
            found += _whole(part, base.get(part), theirs.get(part), mine.get(part))
        else:
            found += _things(part, *(_by_name(one, part, key) for one in (base, theirs, mine)))
    return found


def laid(base: Thing, theirs: Thing, mine: Thing, chosen: Collection[str]) -> Body:
    """What stands here with the chosen units laid in; everything else stays as it is, in its order."""
    made: Body = dict(mine)
    by_part: dict[str, list[Unit]] = {}
    for unit in units(base, theirs, mine):
        if unit.id in chosen:
            by_part.setdefault(unit.part, []).append(unit)
    for part, taken in by_part.items():
        key = _named_by(part, base, theirs, mine)
        value = taken[0].theirs if key is None else _list(taken, _by_name(theirs, part, key), mine.get(part) or [], key)
        if value is None or (value == [] and part not in theirs):
            made.pop(part, None)
        else:
            made[part] = value
    return made


def as_laid(unit: Unit) -> Thing:
    """One thing as it would stand here once it was laid in; nothing of one that would go."""
    if unit.verb == CHANGED:
        return _over(unit.mine, unit)
    return unit.theirs or {}


def _named_by(part: str, *bodies: Thing) -> str | None:
    """The key by which the things of a list are told apart; None for what is no list of things."""
    lists = [body[part] for body in bodies if body.get(part) is not None]
    if not lists or not all(isinstance(one, list) for one in lists):
        return None
    for key in ("slug", "key"):
        if all(_tells_apart(one, key) for one in lists):
            return key
    return None


def _tells_apart(things: Sequence[Any], key: str) -> bool:
    names = [thing.get(key) if isinstance(thing, Mapping) else None for thing in things]
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


def _by_name(body: Thing, part: str, key: str) -> dict[str, Thing]:
    return {thing[key]: thing for thing in body.get(part) or []}


def _whole(part: str, base: Any, theirs: Any, mine: Any) -> Iterator[Unit]:
    if theirs not in (base, mine):
        verb = REMOVED if theirs is None else ADDED if mine is None else CHANGED
        yield Unit(part, "", verb, base, theirs, mine, clash=mine != base)


def _things(
    part: str, base: Mapping[str, Thing], theirs: Mapping[str, Thing], mine: Mapping[str, Thing]
) -> Iterator[Unit]:
    for name in (name for name in base if name not in theirs and name in mine):
        yield Unit(part, name, REMOVED, base[name], None, mine[name], clash=mine[name] != base[name])
    for name, thing in theirs.items():
        was, here = base.get(name), mine.get(name)
        if thing in (was, here):
            continue
        if here is None:
            yield Unit(part, name, ADDED, was, thing, None, clash=was is not None)
        elif unit := _changed(part, name, was, thing, here):
            yield unit
    if _moved(base, theirs, mine):
        yield Unit(part, "", ORDER, [*base], [*theirs], [*mine], clash=_sequence(mine, base) != _sequence(base, mine))


def _changed(part: str, name: str, base: Thing | None, theirs: Thing, mine: Thing) -> Unit | None:
    was = base or {}
    said = [key for key in {**theirs, **was} if theirs.get(key) != was.get(key)]
    if base is None:  # both have made a thing of this name: all of the other's, or all of one's own
        said = [key for key in {**theirs, **mine} if theirs.get(key) != mine.get(key)]
    keys = tuple(key for key in said if theirs.get(key) != mine.get(key))
    clashing = tuple(key for key in keys if base is None or mine.get(key) != was.get(key))
    if not keys:
        return None
    return Unit(part, name, CHANGED, base, theirs, mine, keys, clashing, bool(clashing))


def _sequence(names: Iterable[str], among: Collection[str]) -> list[str]:
    return [name for name in names if name in among]


def _moved(base: Collection[str], theirs: Collection[str], mine: Collection[str]) -> bool:
    """Whether the original has put things into another order that is not the order here."""
    return _sequence(theirs, base) != _sequence(base, theirs) and _sequence(theirs, mine) != _sequence(mine, theirs)


def _list(taken: Iterable[Unit], theirs: Mapping[str, Thing], mine: Iterable[Thing], key: str) -> list[Thing]:
    things = {thing[key]: thing for thing in mine}
    changes = {unit.name: unit for unit in taken if unit.verb != ORDER}
    for name, unit in changes.items():
        if unit.verb == REMOVED:
            del things[name]
        elif unit.verb == CHANGED:
            things[name] = _over(things[name], unit)
    names = list(things)
    # What is new stands behind what it stands behind in the original.
    for place, name in enumerate(list(theirs)):
        if name in changes and changes[name].verb == ADDED:
            before = [one for one in list(theirs)[:place] if one in things]
            names.insert(names.index(before[-1]) + 1 if before else 0, name)
            things[name] = theirs[name]
    if any(unit.verb == ORDER for unit in taken):
        wanted = iter(_sequence(theirs, names))
        names = [next(wanted) if name in theirs else name for name in names]
    return [things[name] for name in names]


def _over(thing: Thing, unit: Unit) -> Thing:
    made = dict(thing)
    for key in unit.keys:
        if unit.theirs.get(key) is None:
            made.pop(key, None)
        else:
            made[key] = unit.theirs[key]
    return made

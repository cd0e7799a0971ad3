"""What is counted over the imported rows of a file, in total and per district, as the group's manifest declares."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.judge import Judged
from samoe.intake.judging.judged import JudgedSheet
from samoe.sdk import ImportTotal, Manifest
from samoe.sdk.criteria import Age, Node, fields_of, leaves
from samoe.targetgroups.criteria import Circumstances, outcome, walk

IMPORTED = "imported"


class Totals:
    """The counts of a judged file. A count of nothing is left out, as in a list of what was found."""

    def __init__(self, judged: Judged, manifest: Manifest, areas: Areas, under: Circumstances) -> None:
        self._manifest = manifest
        self._trees: dict[Node, _Tree] = {}
        self._under = under
        counts = Counter[tuple[str, str]]()
        declared = [total for total in manifest.imports.totals if _has_all(total, judged, manifest)]
        for sheet in judged.sheets:
            if sheet.counted:
                self._count(sheet, declared, counts)
        money = {total.key for total in declared if total.in_baht}
        self.total = _found(_over(counts, None), money)
        self.districts = {
            code: {"name": name} | _found(_over(counts, code), money) for code, name in areas.districts.items()
        }

    def _count(self, sheet: JudgedSheet, declared: list[ImportTotal], counts: Counter[tuple[str, str]]) -> None:
        places = list(sheet.imported())
        districts = sheet.part("district")
        counts.update((districts[place], IMPORTED) for place in places)
        for total in declared:
            for place, key, amount in self._hits(sheet, total, places):
                counts[districts[place], key] += amount

    def _hits(self, sheet: JudgedSheet, total: ImportTotal, places: list[int]) -> Iterator[tuple[int, str, int]]:
        if total.sum is not None:
            values = sheet.answers.get(total.sum)
            for place in places:
                if values and values[place]:
                    yield place, total.key, values[place]
        elif total.each is not None:
            values = sheet.answers.get(total.each)
            for place in places:
                if values and values[place] is not None and values[place] not in total.but:
                    yield place, total.key.replace("{value}", str(values[place])), 1
        elif total.submission is not None:
            states = sheet.part("submission")
            yield from ((place, total.key, 1) for place in places if states[place] == total.submission)
        else:
            yield from ((place, total.key, 1) for place in places if self._holds(sheet, total, place))

    def _holds(self, sheet: JudgedSheet, total: ImportTotal, place: int) -> bool:
        criteria = self._manifest.criteria
        if total.where is not None:
            return self._answer(sheet, total.where, place) is True
        return criteria is not None and outcome(self._answer(sheet, criteria.tree, place)) == total.outcome

    def _answer(self, sheet: JudgedSheet, tree: Node, place: int) -> bool | None:
        if tree not in self._trees:
            self._trees[tree] = _Tree(tree, self._under)
        return self._trees[tree].answer(sheet, place)


class _Tree:
    """Clauses held against rows. The same answers come again and again, so each set of them is asked once."""

    def __init__(self, tree: Node, under: Circumstances) -> None:
        self._tree = tree
        self._under = under
        self._fields = sorted(fields_of(tree))
        self._by_age = any(isinstance(leaf, Age) for leaf in leaves(tree))
        self._memo: dict[tuple[Any, ...], bool | None] = {}

    def answer(self, sheet: JudgedSheet, place: int) -> bool | None:
        columns = sheet.answers
        values = tuple(columns[field][place] if field in columns else None for field in self._fields)
        birth: date | None = sheet.part("birth")[place] if self._by_age else None
        key = (*values, birth)
        if key not in self._memo:
            known = {name: value for name, value in zip(self._fields, values, strict=True) if value is not None}
            self._memo[key] = walk(self._tree, self._under, known, birth).answer
        return self._memo[key]


def centres(judged: Judged) -> int:
    """How many centres the imported rows name."""
    return len(
        {
            (sheet.part("centre")[place], sheet.part("subdistrict")[place])
            for sheet in judged.sheets
            if sheet.counted
            for place in sheet.imported()
            if sheet.part("centre")[place] is not None
        }
    )


def levels(judged: Judged, manifest: Manifest) -> dict[str, dict[str, Any]]:
    """The result of every imported row of scores, by the institution's subdistrict code and name."""
    declared = manifest.imports.scores
    if declared is None:
        return {}
    found = {}
    for sheet in judged.sheets:
        results = sheet.answers.get(declared.field)
        if sheet.counted or not results:
            continue
        for place in sheet.imported():
            result = results[place]
            found[f"{sheet.part('subdistrict')[place]} {sheet.part('centre')[place]}"] = {
                "zeros": result["lowest"],
                "not_applicable": result["not_applicable"],
                "level": result["level"],
            }
    return found


def _has_all(total: ImportTotal, judged: Judged, manifest: Manifest) -> bool:
    fields = judged.plan.fields
    return all(any(column.name in fields for column in manifest.field(slug).columns) for slug in total.needs)


def _over(counts: Counter[tuple[str, str]], district: str | None) -> Counter[str]:
    over = Counter[str]()
    for (code, key), count in counts.items():
        if district is None or code == district:
            over[key] += count
    return over


def _found(counts: Counter[str], money: set[str]) -> dict[str, Any]:
    return {key: _in_baht(count) if key in money else count for key, count in sorted(counts.items()) if count}


def _in_baht(satang: int) -> int | float:
    return satang / 100 if satang % 100 else satang // 100

"""What is counted over the imported rows of a file, in total and per district, as the group's manifest declares."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.judge import Judged
from samoe.intake.judging.judged import JudgedSheet
from samoe.sdk import ImportTotal, Manifest
from samoe.sdk.criteria import Node, answers_of
from samoe.targetgroups.criteria import Circumstances, many, outcome

IMPORTED = "imported"


class Totals:
    """The counts of a judged file. A count of nothing is left out, as in a list of what was found."""

    def __init__(self, judged: Judged, manifest: Manifest, areas: Areas, under: Circumstances) -> None:
        self._criteria = manifest.criteria
        counts = Counter[tuple[str, str]]()
        declared = [total for total in manifest.imports.totals if _has_all(total, judged, manifest)]
        for sheet in judged.sheets:
            if sheet.counted:
                self._count(sheet, declared, under, counts)
        money = {total.key for total in declared if total.in_baht}
        self.total = _found(_over(counts, None), money)
        self.districts = {
            code: {"name": name} | _found(_over(counts, code), money) for code, name in areas.districts.items()
        }

    def _count(
        self,
        sheet: JudgedSheet,
        declared: list[ImportTotal],
        under: Circumstances,
        counts: Counter[tuple[str, str]],
    ) -> None:
        places = list(sheet.imported())
        districts = sheet.part("district")
        counts.update((districts[place], IMPORTED) for place in places)
        asked = _Asked(sheet, places, under)
        for total in declared:
            for place, key, amount in self._hits(sheet, total, places, asked):
                counts[districts[place], key] += amount

    def _hits(
        self, sheet: JudgedSheet, total: ImportTotal, places: list[int], asked: "_Asked"
    ) -> Iterator[tuple[int, str, int]]:
        if total.sum is not None:
            values = sheet.answers.get(total.sum)
            yield from ((place, total.key, values[place]) for place in places if values and values[place])
        elif total.each is not None:
            values = sheet.answers.get(total.each)
            for place in places:
                if values and values[place] is not None and values[place] not in total.but:
                    yield place, total.key.replace("{value}", str(values[place])), 1
        elif total.submission is not None:
            states = sheet.part("submission")
            yield from ((place, total.key, 1) for place in places if states[place] == total.submission)
        elif total.where is not None:
            answers = asked.answers(total.where)
            yield from ((place, total.key, 1) for place, answer in zip(places, answers, strict=True) if answer)
        elif self._criteria is not None:
            answers = asked.answers(self._criteria.tree)
            for place, answer in zip(places, answers, strict=True):
                if outcome(answer) == total.outcome:
                    yield place, total.key, 1


class _Asked:
    """Trees of clauses held against some rows of a sheet, each tree once."""

    def __init__(self, sheet: JudgedSheet, places: list[int], under: Circumstances) -> None:
        self._sheet = sheet
        self._places = places
        self._under = under
        self._kept: dict[Node, list[bool | None]] = {}

    def answers(self, tree: Node) -> list[bool | None]:
        """The answer for every row, in the order of the places."""
        if tree not in self._kept:
            self._kept[tree] = list(self._ask(tree))
        return self._kept[tree]

    def _ask(self, tree: Node) -> Iterator[bool | None]:
        ask = many(tree, self._under)
        columns = [(field, self._sheet.answers[field]) for field in answers_of(tree) if field in self._sheet.answers]
        births = self._sheet.part("birth")
        for place in self._places:
            known = {field: column[place] for field, column in columns if column[place] is not None}
            yield ask(known, births[place])


def centres(judged: Judged) -> int:
    """How many centres the imported rows name."""
    found = set()
    for sheet in judged.sheets:
        if sheet.counted and "centre" in sheet.parts:
            names, subdistricts = sheet.part("centre"), sheet.part("subdistrict")
            found |= {(names[place], subdistricts[place]) for place in sheet.imported() if names[place]}
    return len(found)


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
        names, subdistricts = sheet.part("centre"), sheet.part("subdistrict")
        for place in sheet.imported():
            result = results[place]
            found[f"{subdistricts[place]} {names[place]}"] = {
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

"""What a province's file speaks of must exist: its code, its districts, its groups and what they declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samoe.admin.province_files import GroupOn, GroupStated, PhaseStated, Province
from samoe.kit.problem import Problems
from samoe.programmes.targets.forms import MEASURES
from samoe.sdk import Manifest, ManifestError, Problem, Setting
from samoe.sdk.money import satang_of
from samoe.targetgroups.tuning import checked
from samoe.tenancy import areas

Manifests = Mapping[str, Manifest]


def check(provinces: Iterable[Province], manifests: Manifests) -> None:
    """Raise ``ManifestError`` with every fault of every file, each with its file and key path."""
    problems = [problem for province in provinces for problem in _province(province, manifests)]
    if problems:
        raise ManifestError(problems)


def own(province: Province, manifests: Manifests) -> Manifests:
    """The groups that the province may have on: those given, and those that its folders make or change."""
    made = {folder.slug: folder.design.manifest for folder in province.folders if folder.design}
    return {**manifests, **made}


def settings_of(stated: GroupStated | GroupOn, manifest: Manifest) -> dict[str, Any]:
    """The settings of a file as they are stored: money in satang. Unknown ones are left out (``check`` names them)."""
    return values_of(stated.settings, manifest)


def values_of(settings: Iterable[tuple[str, object]], manifest: Manifest) -> dict[str, Any]:
    """As ``settings_of``, of settings as typed."""
    known = {setting.slug: setting for setting in manifest.settings}
    return {slug: _value(known[slug], value) for slug, value in settings if slug in known}


def _province(province: Province, manifests: Manifests) -> Iterator[Problem]:
    manifests = own(province, manifests)
    area = areas.find(province.code)
    if area is None or area.kind != "province":
        yield Problem(f"{province.slug}.code", "%(code)s ไม่ใช่รหัสจังหวัด", code=province.code)
        return
    if area.th != province.name.th:
        yield Problem(
            f"{province.slug}.name", "รหัส %(code)s คือ %(area)s ไม่ใช่ %(given)s",
            code=province.code, area=area.th, given=province.name.th,
        )  # fmt: skip
    for index, partner in enumerate(province.partners):
        yield from _districts(province, f"partners[{index}].districts", partner.districts)
    for index, group in enumerate(province.groups):
        if group.slug not in manifests:
            yield Problem(f"{province.slug}.groups[{index}].slug", "ไม่มีโมดูลชื่อ %(name)s ติดตั้งอยู่", name=group.slug)
        else:
            yield from _settings(f"{province.slug}.groups[{index}]", group.settings, manifests[group.slug])
    yield from _folders(province, manifests)
    numbers = [phase.number for phase in province.phases]
    for index, phase in enumerate(province.phases):
        path = f"{province.slug}.phases[{index}]"
        if numbers.count(phase.number) > 1:
            yield Problem(f"{path}.number", "มี %(name)s ซ้ำกัน", name=phase.number)
        yield from _phase(province, f"phases[{index}]", phase, manifests)


def _phase(province: Province, path: str, phase: PhaseStated, manifests: Manifests) -> Iterator[Problem]:
    slugs = [group.slug for group in phase.groups]
    for index, group in enumerate(phase.groups):
        here = f"{path}.groups[{index}]"
        if slugs.count(group.slug) > 1:
            yield Problem(f"{province.slug}.{here}.slug", "มี %(name)s ซ้ำกัน", name=group.slug)
        yield from _districts(province, f"{here}.districts", group.districts)
        yield from _districts(province, f"{here}.targets", [t.district for t in group.targets if t.district])
        for target in group.targets:
            if target.measure not in MEASURES:
                yield Problem(
                    f"{province.slug}.{here}.targets",
                    "measure ต้องเป็นอย่างใดอย่างหนึ่งใน %(allowed)s",
                    allowed=", ".join(MEASURES),
                )
        manifest = manifests.get(group.slug)
        if manifest is None:
            yield Problem(f"{province.slug}.{here}.slug", "ไม่มีโมดูลชื่อ %(name)s ติดตั้งอยู่", name=group.slug)
        else:
            yield from _group(f"{province.slug}.{here}", group, manifest)


def _group(path: str, group: GroupStated, manifest: Manifest) -> Iterator[Problem]:
    benefits = {benefit.slug: benefit for benefit in manifest.benefits}
    for index, stated in enumerate(group.benefits):
        declared = benefits.get(stated.slug)
        if declared is None:
            yield Problem(
                f"{path}.benefits[{index}].slug",
                "ไม่มีสิทธิประโยชน์ %(name)s ใน %(group)s",
                name=stated.slug,
                group=group.slug,
            )
        elif declared.fixed and stated.min != stated.max:
            yield Problem(f"{path}.benefits[{index}]", "%(name)s จ่ายเท่ากันทุกคน ต้องใช้ amount_baht", name=stated.slug)
    yield from _settings(path, group.settings, manifest)


def _folders(province: Province, manifests: Manifests) -> Iterator[Problem]:
    on = {group.slug for group in province.groups}
    on |= {group.slug for phase in province.phases for group in phase.groups}
    for folder in province.folders:
        path = f"{province.slug}/groups/{folder.slug}/criteria.toml"
        if folder.criteria is None:
            continue
        manifest = manifests.get(folder.slug)
        if folder.slug not in on or manifest is None:
            yield Problem(path, "ไฟล์ของจังหวัดไม่ได้เปิดใช้กลุ่ม %(name)s จึงตั้งเกณฑ์ไม่ได้", name=folder.slug)
            continue
        yield from manifest.unfit(folder.criteria.tree, f"{path}.tree")
        yield from _settings(path, folder.criteria.settings, manifest)


def _settings(path: str, given: Iterable[tuple[str, object]], manifest: Manifest) -> Iterator[Problem]:
    settings, stated = {setting.slug for setting in manifest.settings}, list(given)
    for slug, _ in stated:
        if slug not in settings:
            yield Problem(f"{path}.settings.{slug}", "ไม่มีค่าที่จังหวัดตั้งชื่อนี้ใน %(group)s", group=manifest.slug)
    try:
        checked(manifest, values_of(stated, manifest))
    except Problems as refused:
        for problem in refused.problems:
            yield Problem(f"{path}.settings.{problem.field}", problem.message, **problem.params)


def _districts(province: Province, path: str, codes: Iterable[str]) -> Iterator[Problem]:
    known = {area.code for area in areas.districts(province.code)}
    for code in codes:
        if code not in known:
            yield Problem(
                f"{province.slug}.{path}",
                "%(district)s ไม่ใช่รหัสอำเภอของจังหวัด %(code)s",
                district=code,
                code=province.code,
            )


def _value(setting: Setting, value: object) -> Any:
    if setting.type == "money" and isinstance(value, int | float | str):
        return satang_of(value)
    return value

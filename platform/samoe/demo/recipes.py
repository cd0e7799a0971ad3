"""What a group's manifest says about its made-up people in one province."""

from __future__ import annotations

from random import Random

from samoe.sdk import Manifest
from samoe.sdk.demo import Counts, DemoElsewhere, DemoProvince
from samoe.tenancy import areas


def recipe_for(manifest: Manifest, code: str, *, share: float = 1.0) -> DemoProvince | None:
    """The province's own recipe, or one made from what the manifest says of all other provinces.

    ``share`` of the districts have been reached; the others have nobody yet. None where nothing is made up.
    """
    if manifest.demo is None:
        return None
    own = manifest.demo.province(code)
    if own is not None:
        return own
    return None if manifest.demo.elsewhere is None else _made(manifest.demo.elsewhere, code, manifest.slug, share)


def by_district(counts: Counts) -> dict[str, int]:
    """The counts that are more than nothing, in the order of the codes."""
    return {district: count for district, count in sorted(counts) if count}


def _made(recipe: DemoElsewhere, code: str, slug: str, share: float) -> DemoProvince:
    random = Random(f"{code} {slug}")
    every = [area.code for area in areas.districts(code)]
    reached = every[: max(1, round(len(every) * share))]
    counts = {district: random.randint(recipe.least, recipe.most) for district in reached}
    return DemoProvince(
        code=code,
        by_district=tuple(counts.items()),
        institutions=tuple((district, recipe.institutions) for district in reached if recipe.institutions),
        qualifies=_share(counts, recipe.qualifies, random),
        unknown=_share(counts, recipe.unknown, random),
        surveyed=True,
    )


def _share(counts: dict[str, int], per_cent: int, random: Random) -> Counts:
    return tuple(
        (district, min(count, int(count * per_cent / 100 + random.random()))) for district, count in counts.items()
    )

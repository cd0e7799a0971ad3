"""A province that gives things in the place of money."""

from __future__ import annotations

from dataclasses import replace

from samoe.programmes.designs import adopting
from samoe.sdk import Text
from samoe.targetgroups.enabling import group_or_404
from tests.factories.money import CHILDREN, DAY, Money

UNIFORMS = Text("ชุดนักเรียน 2 ชุด", "Two school uniforms")


def given_in_kind(money: Money) -> str:
    """From now on the children's subsidy is two uniforms; its name."""
    who = money.province.actor()
    with money.province.work(who) as db:
        now = group_or_404(db, CHILDREN).manifest
        (subsidy,) = now.benefits
        uniforms = replace(subsidy, kind="in_kind", channels=("goods",), gives=UNIFORMS, requested=None)
        adopting.adopt(db, who, replace(now, benefits=(uniforms,)), DAY, "ให้เป็นชุดนักเรียน")
    return subsidy.slug

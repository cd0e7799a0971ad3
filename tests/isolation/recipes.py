"""A handful of people for each group, so that two whole provinces at work are made in seconds."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.sdk.demo import DemoPayments, DemoProvince, ExactAnswers


def _children(code: str, near: str, far: str, other: str) -> DemoProvince:
    return DemoProvince(
        code, by_district=((near, 4), (far, 3), (other, 3)), institutions=((near, 2), (far, 1), (other, 1)),
        qualifies=((near, 3), (far, 2), (other, 1)), surveyed=True, moved=1,
        payments=(DemoPayments("subsidy", paid=5, excepted=1, unpaid=2, bounced_then_paid=1),),
    )  # fmt: skip


def _centres(code: str, near: str, far: str) -> DemoProvince:
    paid = DemoPayments("grant", paid=2, amounts=(2_425_000, 700_000))
    return DemoProvince(code, by_district=((near, 1), (far, 1)), payments=(paid,))


LAMPANG: Mapping[str, DemoProvince] = {
    "early_childhood": _children("52", "5206", "5205", "5202"),
    "centre_development": _centres("52", "5206", "5205"),
    "out_of_school": DemoProvince(
        "52", by_district=(("5202", 4), ("5205", 3), ("5206", 6)), surveyed=True,
        stages=(("referred", 4), ("placed", 3)),
        exact=(
            ExactAnswers("need_help", True, (("5202", 4), ("5205", 2), ("5206", 5))),
            ExactAnswers("wish", "school", (("5202", 2), ("5205", 1), ("5206", 2))),
            ExactAnswers("wish", "nfe", (("5202", 2), ("5205", 1), ("5206", 3))),
        ),
    ),
    "special_needs": DemoProvince(
        "52", by_district=(("5205", 3), ("5206", 3)), surveyed=True,
        exact=(ExactAnswers("disability", "1", (("5205", 2), ("5206", 2))),),
    ),
}  # fmt: skip
PHUKET: Mapping[str, DemoProvince] = {
    "early_childhood": _children("83", "8303", "8302", "8301"),
    "centre_development": _centres("83", "8303", "8302"),
    "out_of_school": DemoProvince(
        "83", by_district=(("8301", 3), ("8303", 5)), surveyed=True,
        stages=(("searching", 2), ("not_found", 1), ("moved", 1), ("studying", 1)),
    ),
    "at_risk_students": DemoProvince("83", by_district=(("8301", 2), ("8303", 3))),
}  # fmt: skip
RECIPES = {"52": LAMPANG, "83": PHUKET}

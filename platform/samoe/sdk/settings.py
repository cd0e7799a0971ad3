"""Settings: what a province may tune in a group."""

from dataclasses import dataclass

from samoe.sdk.tables import Table
from samoe.sdk.text import Text

SETTING_TYPES = ("money", "number", "count", "percent", "flag", "text", "date")
SettingValue = int | str | bool | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One tunable value. ``default`` holds until a province says otherwise; money is in satang."""

    slug: str
    type: str
    label: Text
    help: Text | None = None
    default: SettingValue = None
    min: int | None = None
    max: int | None = None
    unit: Text | None = None

    @classmethod
    def read(cls, table: Table) -> "Setting":
        kind = table.need_one_of("type", SETTING_TYPES)
        money = kind == "money"
        setting = cls(
            slug=table.need_slug("slug"),
            type=kind,
            label=table.need_text("label"),
            help=table.text("help"),
            default=table.baht("default") if money else _default(table, kind),
            min=table.baht("min") if money else table.integer("min"),
            max=table.baht("max") if money else table.integer("max"),
            unit=table.text("unit"),
        )
        table.done()
        return setting


def _default(table: Table, kind: str) -> SettingValue:
    if kind == "flag":
        return table.flag("default")
    if kind in ("text", "date"):
        return table.string("default")
    return table.integer("default")

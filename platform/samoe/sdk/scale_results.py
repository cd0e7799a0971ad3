"""What a scale's result offers to rules: its level, how many items fail, and its total, as if they were fields."""

from dataclasses import replace

from samoe.sdk.fields import Field
from samoe.sdk.options import Option
from samoe.sdk.scales import Scale
from samoe.sdk.text import Text

DOT = "."


def results_of(field: Field, scale: Scale) -> tuple[Field, ...]:
    """Fields called ``<slug>.level``, ``<slug>.lowest`` and ``<slug>.total``: the keys of the answer itself."""
    levels = {level.code: level.label for level in reversed(scale.levels)}
    codes = dict.fromkeys(level.code for level in scale.levels)
    options = tuple(Option(code, levels[code]) for code in codes)
    asked = scale.items if scale.kind == "marks" else scale.parts
    marks = [score.value * len(scale.items) for score in scale.scores] if scale.kind == "marks" else []
    return (
        replace(_part(field, "level", "choice", "ระดับ", "level"), options=options),
        replace(_part(field, "lowest", "count", "จำนวนข้อที่ไม่ผ่าน", "items that fail"), max=len(asked)),
        replace(
            _part(field, "total", "count", "คะแนนรวม", "total"), min=min([0, *marks]), max=max(marks, default=None)
        ),
    )


def _part(field: Field, key: str, kind: str, th: str, en: str) -> Field:
    label = Text(f"{field.label.th} ({th})", f"{field.label.en} ({en})")
    return Field(f"{field.slug}.{key}", kind, label, sensitive=field.sensitive, purpose=field.purpose)

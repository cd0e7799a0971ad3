"""What a person sent: form fields and files, read as text and nothing more. Rooms turn them into structs."""

from __future__ import annotations

from dataclasses import dataclass, field

from litestar.datastructures import FormMultiDict, UploadFile

from samoe.kit.problem import Problem


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form. ``name`` is only ever shown, never used as a path."""

    name: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class Form:
    """The fields of a form. A field that was not sent reads as an empty text."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[SentFile]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Take a value in. The sign NUL, which nobody types and no text in the database may hold, is left out."""
        self.values.setdefault(name.replace("\0", ""), []).append(value.replace("\0", ""))

    def text(self, name: str, default: str = "") -> str:
        found = self.values.get(name)
        return found[0].strip() if found else default

    def raw(self, name: str) -> str:
        """Exactly what was typed: for passwords."""
        found = self.values.get(name)
        return found[0] if found else ""

    def all(self, name: str) -> list[str]:
        return [value.strip() for value in self.values.get(name, [])]

    def required(self, name: str, message: str) -> str:
        """The text, or a ``Problem`` at this field."""
        if value := self.text(name):
            return value
        raise Problem(message, field=name)

    def file(self, name: str) -> SentFile | None:
        found = self.files.get(name)
        return found[0] if found else None

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.files


async def read(sent: FormMultiDict) -> Form:
    """Copy a parsed body into a ``Form``. Empty file inputs are left out."""
    form = Form()
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                content = await value.read()
                form.files.setdefault(name, []).append(SentFile(value.filename, content, value.content_type))
        else:
            form.add(name, str(value))
    return form

"""What a browser would send: the fields of a form on a page, as they stand."""

from __future__ import annotations

from html.parser import HTMLParser


class Forms(HTMLParser):
    """Every form of a page by its address or id, with its fields in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: dict[str, dict[str, list[str]]] = {}
        self._now: dict[str, list[str]] = {}
        self._select: str | None = None
        self._first: str | None = None
        self._text: tuple[str, list[str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._now = {}
            for key in (given.get("action"), given.get("id")):
                if key:
                    self.forms[key] = self._now
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in ("checkbox", "radio") or "checked" in given:
                self._now.setdefault(name, []).append(value)
        elif tag == "select" and name:
            self._select, self._first = name, None
        elif tag == "option" and self._select:
            self._first = value if self._first is None else self._first
            if "selected" in given:
                self._now[self._select] = [value]
        elif tag == "textarea" and name:
            self._text = (name, [])

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            self._now.setdefault(self._select, [self._first or ""])
            self._select = None
        elif tag == "textarea" and self._text:
            self._now[self._text[0]] = ["".join(self._text[1])]
            self._text = None


def fields(page: str, form: str) -> dict[str, list[str]]:
    """The fields of the form with this address or id."""
    return Forms(page).forms[form]

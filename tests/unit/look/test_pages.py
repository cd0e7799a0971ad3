"""What must hold of every page before anyone looks at it."""

import re
from html.parser import HTMLParser

import pytest

from tests.unit.look.drawing import TEMPLATES, draw
from tests.unit.look.samples import home

ERRORS = {
    "problem": None, "problems": (), "permission": None, "typed": [("name", "สมชาย")], "action": "/people",
    "back": "/people", "files": False, "own_passwords": True, "with_code": True,
}  # fmt: skip
PAGES = [
    "admin/home.html",
    *(
        f"styleguide/{name}.html"
        for name in ("index", "phone", "question", "print", "sign_in", "caseload", "person", "inbox")
    ),
    *(f"errors/{p.name}" for p in sorted((TEMPLATES / "errors").glob("[!_]*.html"))),
]


class Reader(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(params=[(page, locale) for page in PAGES for locale in ("th", "en")], ids=lambda p: f"{p[0]}-{p[1]}")
def tags(request: pytest.FixtureRequest) -> list[tuple[str, dict[str, str | None]]]:
    page, locale = request.param
    given = home() if page == "admin/home.html" else (ERRORS if page.startswith("errors/") else {})
    return Reader(draw(page, locale, **given)).tags


def test_nothing_inline(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    """The content security policy would drop it, and a page must not rely on what is dropped."""
    for tag, attrs in tags:
        assert "style" not in attrs, (tag, attrs)
        assert not [name for name in attrs if name.startswith(("on", "hx-on"))], (tag, attrs)
        assert tag != "style"
        assert tag != "script" or (attrs.get("src") and attrs.get("nonce")), attrs
        assert not any((value or "").strip().lower().startswith(("javascript:", "js:")) for value in attrs.values())


def test_every_htmx_element_carries_the_nonce(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    for tag, attrs in tags:
        if any(name.startswith("hx-") for name in attrs):
            assert attrs.get("hx-nonce"), (tag, attrs)


def test_ids_are_unique_and_what_points_at_them_exists(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    ids = [attrs["id"] for _, attrs in tags if attrs.get("id")]
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    for tag, attrs in tags:
        pointers = [attrs.get(name) or "" for name in ("aria-describedby", "aria-labelledby")]
        if tag in {"label", "output"}:
            pointers.append(attrs.get("for") or "")
        if (attrs.get("href") or "").startswith("#f-"):
            pointers.append((attrs["href"] or "")[1:])
        for one in " ".join(pointers).split():
            assert one in ids, (tag, attrs)


def test_every_control_has_a_name_to_be_called_by(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    labelled = {attrs.get("for") for tag, attrs in tags if tag == "label"}
    for tag, attrs in tags:
        wrapped = attrs.get("type") in {"hidden", "radio", "checkbox"}
        if tag in {"input", "select", "textarea"} and not wrapped:
            assert attrs.get("aria-label") or attrs.get("id") in labelled, attrs


def test_one_first_heading_and_a_language(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    assert [tag for tag, _ in tags].count("h1") == 1
    assert next(attrs for tag, attrs in tags if tag == "html")["lang"] in {"th", "en"}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_attributes_are_quoted_and_user_text_is_escaped(path) -> None:  # type: ignore[no-untyped-def]
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"<[a-z][^<>]*\s[a-z-]+=\{\{", source), "an unquoted attribute"
    assert not re.search(r"\|\s*safe\b", re.sub(r"' stroke-[^']*'\|safe", "", source)), "unescaped text"
    assert "style=" not in source
    assert not re.search(r"\bon(click|submit|change|load)=|hx-on|javascript:", source)


def test_the_user_text_that_looks_like_markup_stays_text() -> None:
    given = home()
    evil = given["tasks"][0].__class__("<b>x</b>", "<i>", "ทำ", "/x")
    page = draw("admin/home.html", **{**given, "tasks": [evil]})
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page

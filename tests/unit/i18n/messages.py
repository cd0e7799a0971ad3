"""Every Thai message that people may see, found in templates and code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[3]
SPEAKS = {
    "_",
    "gettext",
    "ngettext",
    "Problem",
    "Conflict",
    "NotFound",
    "UnreadableFile",
    "MenuItem",
    "required",
    "Task",
    "fault",
    "_fault",
    "TreeError",
}
"""Calls whose first text is a message."""
SPEAKS_THROUGHOUT = {"ComparedBy", "Input", "Part"}
"""Calls all of whose texts are messages."""
BOTH_LANGUAGES = ("platform/samoe/kit/", "platform/samoe/targetgroups/criteria/sentence.py")
"""Tables of words here are patterns to read, or pairs of Thai and English."""
THAI = re.compile("[ก-๛]")


def in_templates() -> Iterator[tuple[str, str]]:
    """Where, and which message."""
    method = [("**.html", "jinja2.ext:babel_extract")]
    options = {"**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "silent": "false", "trimmed": "true"}}
    for folder in (ROOT / "templates", *ROOT.glob("modules/*/templates")):
        for name, line, message, _, _ in extract_from_dir(folder, method, options):
            text = message if isinstance(message, str) else message[0]
            if THAI.search(text) and not name.startswith("styleguide"):
                yield f"{folder.name}/{name}:{line}", text


def in_code() -> Iterator[tuple[str, str]]:
    """The Thai texts that are given to something that speaks, or kept as a constant in a table of words."""
    for path in sorted((ROOT / "platform").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        paired = str(path.relative_to(ROOT)).startswith(BOTH_LANGUAGES)
        for node in ast.walk(tree):
            if paired and isinstance(node, ast.Assign):
                continue
            for text in _texts(node):
                if THAI.search(text):
                    yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", text


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SPEAKS | SPEAKS_THROUGHOUT:
            for argument in node.args[:2] if name in SPEAKS else node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
    if isinstance(node, ast.Assign) and any(_says(target) for target in node.targets):
        for inner in ast.walk(node.value):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.value


def _says(target: ast.expr) -> bool:
    name = getattr(target, "id", "")
    return name.isupper() and name.endswith(("WORDS", "SENTENCES", "MESSAGES", "LABELS", "SINCE", "MOVED", "PHASE"))

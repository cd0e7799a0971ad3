"""Ways out of the house and ways around its walls, read from the source: there are these few, and each is named.

W-06: nothing opens an address that a person typed; whoever adds a way to the network is named here with where it leads.
T-14: nothing in our code sends a NOTIFY, and no page is a socket. T-17: nothing signs addresses or forms of the store.
T-18: what imports, exports and reports runs as the application's role; only the command line and what starts the
database speak as its owner, and nothing as a role that row-level security does not bind.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "platform").rglob("*.py"), *(ROOT / "modules").rglob("*.py")])
NETWORK = {
    "aiohttp", "aiosmtplib", "boto3", "botocore", "ftplib", "http.client", "httpx", "keycloak", "requests", "smtplib",
    "socket", "ssl", "urllib.request", "urllib3", "websockets", "xmlrpc", "webbrowser", "telnetlib", "paramiko",
}  # fmt: skip
LEADS_TO = {
    "samoe/files/store.py": "the object store that the settings name",
    "samoe/embedded/objectstore.py": "the object store that it has just started, on the loopback address",
    "samoe/embedded/supervisor.py": "the web server that it has just started, on the loopback address",
    "samoe/embedded/ports.py": "nowhere: it looks which ports are free",
    "samoe/identity/openid/site.py": "the identity provider that the settings name",
    "samoe/identity/openid/provider.py": "nowhere: it knows the library's errors",
    "samoe/identity/openid/renewal.py": "nowhere: it knows the library's errors",
    "samoe/identity/openid/server.py": "the same identity provider, at the addresses that it names of itself",
    "samoe/identity/directory/keycloak.py": "the same identity provider, where its members are kept",
}
AS_OWNER = {
    "samoe/cli/db.py": "migrations and their address, by whoever runs the service",
    "samoe/embedded/parts.py": "migrations at the start",
}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{name.name}" for name in node.names))


def called(path: str) -> str:
    return path.partition("platform/")[2] or path


def where(pattern: str, *kinds: str) -> set[str]:
    """Files of ours in which a pattern stands."""
    files = [
        path for kind in kinds for part in ("platform", "modules", "templates") for path in (ROOT / part).rglob(kind)
    ]
    return {
        called(str(path.relative_to(ROOT)))
        for path in files
        if "vendor" not in path.parts and re.search(pattern, path.read_text(encoding="utf-8"))
    }


def test_each_way_to_the_network_is_known_and_leads_to_what_the_settings_name() -> None:
    """W-06. Guard: there is no such way from a form, a file or an address."""
    found = {
        called(str(path.relative_to(ROOT)))
        for path in SOURCES
        if any(name == known or name.startswith(f"{known}.") for name in imported(ast.parse(path.read_text()))
               for known in NETWORK)
    }  # fmt: skip
    assert found == set(LEADS_TO)


def test_no_template_lets_the_reader_load_what_somebody_typed() -> None:
    """W-06, W-02: what a page loads by itself is ours; the policy of each answer says the same to the browser."""
    parts = "img|iframe|object|embed|video|audio|source|track|script|link"
    loads = rf"<(?:{parts})\b[^>]*?(?:src|href|data)=\"\{{\{{(?!\s*(?:static|url)\()"
    assert where(loads, "*.html") == set()


def test_nothing_is_told_to_listeners_but_by_the_queue() -> None:
    """T-14."""
    assert where(r"pg_notify|\b(?:NOTIFY|LISTEN)\b|(?i:execute\(\s*f?\"(?:notify|listen))", "*.py", "*.sql") == set()
    assert (
        where(r"(?i)websocket|text/event-stream|ServerSentEvent|\bsse-connect\b|hx-sse:|EventSource", "*.py", "*.js")
        == set()
    )


def test_nothing_is_signed_for_a_browser_to_bring_to_the_store() -> None:
    """T-17: files come and go through pages, which ask the database first."""
    assert where(r"(?i)presign|generate_url|signed_url", "*.py", "*.html", "*.js") == set()


def test_only_the_command_line_and_the_start_speak_as_the_owner() -> None:
    """T-18."""
    assert where(r"""dsn\(["'](owner|backup)["']\)""", "*.py") == set(AS_OWNER)
    assert where(r"(?i)bypassrls|row_security\s*=\s*off|session_replication_role", "*.py") <= {
        "samoe/db/engine.py", "samoe/embedded/provision.py",
    }  # fmt: skip


def test_a_form_is_read_field_by_field() -> None:
    """W-05: only the edge, what reads a sheet's cells by their place and what carries a list's filters into its
    address take fields whose names they do not know; none of them writes those into a row."""
    assert where(r"\bform\.values\b|\*\*ctx\.form|\*\*form\b", "*.py") == {
        "samoe/web/failures.py", "samoe/web/once.py", "samoe/web/proof.py", "samoe/intake/forms.py",
        "samoe/admin/words/routes.py",
    }  # fmt: skip


def test_no_form_writes_what_is_typed_into_the_address() -> None:
    """Forms that ask by the address hold choices and days; a name is sent to the one door for words (``/words``)."""
    forms = re.compile(r"<form\b(?![^>]*method=\"post\")[^>]*>(.*?)</form>", re.DOTALL)
    typed = re.compile(
        r"ui\.(?:text|textarea|number|money)\(|<textarea|<input(?![^>]*type=\"(?:hidden|checkbox|radio)\")"
    )
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "modules").rglob("*.html")]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in templates
        if "styleguide" not in path.parts
        and any(typed.search(form) for form in forms.findall(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_no_address_continues_a_list_by_a_name() -> None:
    """Decision 0037: the next page is named by the id of the last row; what a row is sorted by is a name."""
    assert where(r"sort_key", "*.html") == set()

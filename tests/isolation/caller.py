"""Browsers without a server: the application is called in this process, as quickly as it can answer."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Litestar

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def everything(self) -> str:
        """All that a reader could find in it: headers, and the body with a workbook's parts unpacked."""
        told = "\n".join(f"{name}: {value}" for name, value in self.headers)
        if self.body[:4] != b"PK\x03\x04":
            return f"{told}\n{self.text}"
        with zipfile.ZipFile(io.BytesIO(self.body)) as parts:
            inside = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
        return "\n".join([told, *inside])


class Caller:
    """Sends requests to one application, one after the other. ``sent`` counts them.

    In a thread of its own: the thread of the tests may have a loop running already, of a browser.
    """

    def __init__(self, app: Litestar) -> None:
        self.app, self.sent, self.last = app, 0, 0
        self._runner, self._thread = asyncio.Runner(), ThreadPoolExecutor(1)

    def close(self) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def send(self, method: str, path: str, *, cookie: str = "", fields: Fields = (), htmx: bool = False,
             headers: Mapping[str, str] | None = None) -> Reply:  # fmt: skip
        self.sent += 1
        body = urlencode(fields).encode() if method == "POST" else b""
        plain, _, query = path.partition("?")
        given = {"host": "testserver.local", **(headers or {})}
        if cookie:
            given["cookie"] = cookie
        if htmx:
            given |= {"hx-request": "true"}
        if method == "POST":
            given |= {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": plain, "raw_path": quote(plain).encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 5), "server": ("testserver.local", 80), "extensions": {},
        }  # fmt: skip
        reply = self._thread.submit(lambda: self._runner.run(self._call(scope, body))).result()
        self.last = reply.status
        return reply

    async def _call(self, scope: dict[str, Any], body: bytes) -> Reply:
        started: dict[str, Any] = {}
        parts: list[bytes] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app(scope, receive, send)  # type: ignore[arg-type]
        headers = tuple((name.decode().lower(), value.decode("latin-1")) for name, value in started["headers"])
        return Reply(int(started["status"]), headers, b"".join(parts))

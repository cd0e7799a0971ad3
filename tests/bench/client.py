"""A client with connections that stay open, and how many answers a second it gets over them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle


@dataclass
class Answers:
    """What came back: how many a second, and how long each took."""

    per_second: float = 0.0
    took: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return sorted(self.took)[len(self.took) // 2]


def ask(port: int, paths: Sequence[str], headers: dict[str, str], *, connections: int, seconds: float) -> Answers:
    """Ask for the paths in turn over so many connections at once. Raises on anything but 200."""
    return asyncio.run(_all(port, paths, headers, connections, seconds))


def get(port: int, path: str, headers: dict[str, str]) -> str:
    """One answer's body."""

    async def once() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = await _one(reader, writer, _request(port, path, headers))
        writer.close()
        return body

    return asyncio.run(once()).decode()


async def _all(port: int, paths: Sequence[str], headers: dict[str, str], connections: int, seconds: float) -> Answers:
    requests = [_request(port, path, headers) for path in paths]
    found = Answers()
    start = time.perf_counter()
    end = start + seconds

    async def ask_on(first: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turns = cycle(requests[first % len(requests) :] + requests[: first % len(requests)])
        while (begun := time.perf_counter()) < end:
            await _one(reader, writer, next(turns))
            found.took.append(time.perf_counter() - begun)
        writer.close()

    await asyncio.gather(*(ask_on(number) for number in range(connections)))
    found.per_second = len(found.took) / (time.perf_counter() - start)
    return found


def _request(port: int, path: str, headers: dict[str, str]) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    if " 200 " not in f"{status} ":
        raise RuntimeError(f"{request.splitlines()[0].decode()} was answered {status}")
    length = next(int(line.partition(":")[2]) for line in lines if line.lower().startswith("content-length:"))
    return await reader.readexactly(length)

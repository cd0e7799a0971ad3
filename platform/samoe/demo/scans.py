"""Pictures that stand for scanned papers: a sheet with rows and strokes where people signed. Nobody's name is on it."""

from __future__ import annotations

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 420, 594
INK, LINE, PAPER = 40, 190, 250


def signed_sheet(seed: str, rows: int) -> bytes:
    """A PNG of a list of so many lines, each signed. The same seed gives the same sheet; two seeds never do."""
    random = Random(seed)
    sheet = [bytearray([PAPER]) * WIDTH for _ in range(HEIGHT)]
    step = max(8, min(22, (HEIGHT - 90) // max(rows, 1)))
    for x in range(120, 300):
        for y in (34, 35, 36):
            sheet[y][x] = INK
    for number in range(min(rows, (HEIGHT - 90) // step)):
        top = 66 + number * step
        for x in range(24, WIDTH - 24):
            sheet[top][x] = LINE
        _stroke(sheet, random, top + step // 2, step)
    for x in range(24, 24 + (zlib.crc32(seed.encode()) % 360)):
        sheet[HEIGHT - 12][x] = LINE
    return _png(sheet)


def _stroke(sheet: list[bytearray], random: Random, middle: int, height: int) -> None:
    y = float(middle)
    for x in range(290, 290 + random.randint(40, 90)):
        y = min(max(y + random.uniform(-2, 2), middle - height // 3), middle + height // 3)
        sheet[int(y)][x] = INK


def _png(sheet: list[bytearray]) -> bytes:
    raw = b"".join(b"\x00" + bytes(row) for row in sheet)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(raw, 6)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""The sample target group of ``sample_group.toml``, under any name."""

import tomllib
from pathlib import Path
from typing import Any

from samoe.sdk import Manifest, parse

SAMPLE = Path(__file__).with_name("sample_group.toml")


def manifest(slug: str = "sample", order: int = 10, **changes: Any) -> Manifest:
    """The sample group with some of its keys changed; a key of None is left out."""
    data = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    data.update(slug=slug, order=order, **changes)
    return parse({key: value for key, value in data.items() if value is not None})

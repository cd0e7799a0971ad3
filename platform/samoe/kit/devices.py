"""What a browser calls itself, in words that its owner recognises."""

from __future__ import annotations

_BROWSERS = (
    ("Line/", "LINE"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device(user_agent: str) -> str:
    """Such as ``Chrome · Windows``; ``?`` for what does not say."""
    found = [next((name for mark, name in marks if mark in user_agent), None) for marks in (_BROWSERS, _MACHINES)]
    return " · ".join(filter(None, found)) or "?"

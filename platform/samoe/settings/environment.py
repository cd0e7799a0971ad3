"""Reading settings from environment variables, each with a clear refusal."""

from collections.abc import Mapping
from typing import Literal

DatabaseRole = Literal["app", "fund", "owner", "backup"]

URL_NAMES: dict[DatabaseRole, str] = {
    "app": "DATABASE_URL",
    "fund": "DATABASE_URL_FUND",
    "owner": "DATABASE_URL_OWNER",
    "backup": "DATABASE_URL_BACKUP",
}


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message says which and what to write."""


class Environment:
    """Environment variables; a blank one counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        return self._values.get(name, "").strip() or None

    def flag(self, name: str) -> bool:
        value = (self.text(name) or "0").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise SettingsError(f"{name} is {value!r}; write 1 or 0.")

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name)
        if value is not None and value not in choices:
            raise SettingsError(f"{name} is {value!r}; write one of: {', '.join(choices)}.")
        return value or default

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit()) or not lowest <= int(value) <= highest:
            raise SettingsError(f"{name} is {value!r}; write a number from {lowest} to {highest}.")
        return int(value)


def database_urls(env: Environment) -> dict[DatabaseRole, str]:
    """The addresses given, by role; empty where the embedded database is to be used."""
    urls: dict[DatabaseRole, str] = {}
    for role, name in URL_NAMES.items():
        url = env.text(name)
        if url is None:
            continue
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
            raise SettingsError(f"{name} must begin with postgresql://")
        urls[role] = f"postgresql+psycopg://{rest}"
    if urls and "app" not in urls:
        raise SettingsError(f"{URL_NAMES[next(iter(urls))]} is set but DATABASE_URL is not.")
    return urls

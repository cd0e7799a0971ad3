"""Fingerprints of the imported people, by which two readings of a file can be compared without showing anyone."""

from hashlib import sha256

from samoe.intake.judging.judge import Judged

_G = "G"


def identifiers(judged: Judged) -> dict[str, int | str]:
    """How many imported people have which kind of identifier, and the digests of IDs and of people."""
    national: list[str] = []
    g_codes = none = 0
    for sheet in judged.sheets:
        known = sheet.part("identifier")
        for place in sheet.imported():
            identifier = known[place]
            if identifier is None:
                none += 1
            elif identifier[0] == _G:
                g_codes += 1
            else:
                national.append(identifier)
    return {
        "national_ids": len(national),
        "g_codes": g_codes,
        "none": none,
        "national_ids_sha256": _digest(national),
        "people_sha256": _digest(people(judged)),
    }


def people(judged: Judged) -> list[str]:
    """One line for each imported person: identifier, normalised name, birth date and subdistrict code."""
    lines = []
    for sheet in judged.sheets:
        parts = [sheet.part(name) for name in ("identifier", "first", "last", "birth", "subdistrict")]
        for place in sheet.imported():
            identifier, first, last, birth, subdistrict = (part[place] for part in parts)
            day = birth.isoformat() if birth else ""
            lines.append(f"{identifier or ''}|{f'{first} {last}'.strip()}|{day}|{subdistrict}")
    return lines


def _digest(lines: list[str]) -> str:
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()

"""House numbers as maps and people write them: "12", "12a", "12 bis", "5-7", "5;7"."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\s*(\d{1,6})\s*(.*)", re.DOTALL)
_SIGNS = re.compile(r"[^\w/]+")
_WORDS = re.compile(r"[;,]")
_RANGE_END = re.compile(r"[-–—]\s*(\d{1,6})\s*[a-z]?$", re.IGNORECASE)
_LONGEST_SUFFIX = 12


def house_number(text: str) -> tuple[int, str] | None:
    """A number and what follows it: "12 Bis" is (12, "bis"), "12/A" (12, "a"), "6/8" (6, "/8").

    None for a text that does not begin with a digit.
    """
    match = _NUMBER.match(text)
    if match is None:
        return None
    suffix = _SIGNS.sub("", match[2].casefold()).rstrip("/")
    if suffix[:1] == "/" and not suffix[1:2].isdigit():
        suffix = suffix.lstrip("/")
    if suffix[:1].isdigit():
        suffix = f" {suffix}"  # 12 1/2
    return int(match[1]), suffix[:_LONGEST_SUFFIX]


def house_numbers(text: str) -> list[tuple[int, str]]:
    """All numbers of one door: "5;7" and "5-7" are two; what has no digit is none."""
    numbers: list[tuple[int, str]] = []
    for part in _WORDS.split(text):
        found = house_number(part)
        if found is None:
            continue
        end = _RANGE_END.search(part.strip())
        if end is not None and found[0] < int(end[1]) <= found[0] + 100:
            numbers += [(found[0], ""), (int(end[1]), "")]
        else:
            numbers.append(found)
    return numbers

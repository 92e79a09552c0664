"""Names for worksheets: what Excel refuses, taken out, and no name twice."""

from __future__ import annotations

from lastmile_desktop.documents.page_text import one_line

_LONGEST = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class SheetNames:
    """Gives every sheet of one workbook a name that Excel accepts and no other sheet has."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps this name for itself

    def take(self, wanted: str) -> str:
        """``wanted`` without forbidden characters, at most 31 long, unique whatever the letter case."""
        base = _cut(one_line(wanted.translate(_FORBIDDEN)).strip("' "), _LONGEST) or "Sheet"
        name, count = base, 1
        while name.casefold() in self._taken:
            count += 1
            suffix = f" ({count})"
            name = _cut(base, _LONGEST - len(suffix)) + suffix
        self._taken.add(name.casefold())
        return name


def _cut(text: str, length: int) -> str:
    """At most ``length`` UTF-16 units, as Excel counts, with no half character, blank or quote at the end."""
    while len(text.encode("utf-16-le")) // 2 > length:
        text = text[:-1]
    return text.rstrip("' ")

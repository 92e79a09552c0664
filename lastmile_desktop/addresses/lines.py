"""An address as people write it -> the ways to read it: street, number, postcode and town.

A line can often be read in several ways ("5th Street 12", "Lee Ct" or Lee in Connecticut). All are given, the
likelier first; the search takes the one that the map knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lastmile_desktop.addresses.index import AddressIndex, postcode_key, shape
from lastmile_desktop.addresses.line_words import (
    BOX,
    COUNTRIES,
    STATES,
    UNIT_AT_END,
    UNIT_AT_START,
    WHOLE_UNIT,
)
from lastmile_desktop.regions.house_numbers import house_number
from lastmile_desktop.regions.street_names import plain_words, town_key
from lastmile_desktop.regions.street_words import LAST_KINDS

_LONGEST = 300
_MOST_READINGS = 14

_BREAKS = re.compile(r"\s*[,;\n\r\t|()]+\s*")
_BLANKS = re.compile(r"\s+")
_ZIP_4 = re.compile(r"\b(\d{5})-\d{4}\b")
_PREFIX = re.compile(r"^[A-Z]{1,2}-(?=\d{4,5}\b)")  # D-10115, F-75002
#: "12a", "12 a", "12 bis"; but in "1401 N 5th Street" the letter is a side of town.
_SUFFIX = r"(?:\s*(?:bis|ter|quater|hs)(?![a-z\d])|[a-z](?![a-z\d])|\s+[a-dfgh](?![a-z\d]))?"
_MORE = r"(?:\s+1/2|/[a-z](?![a-z\d])|(?:\s*[-/+]\s*\d+\s*[a-z]?(?![a-z\d]))*)"
_MARK = r"(?:(?:hausnummer|hausnr|house|haus|number|numero|número|num|nr|no|nº|n°|hs|#)\.?\s*)?"
_MARK_AT_END = re.compile(
    r"[\s,]+(?:hausnummer|hausnr|number|numero|número|num|nr|no|nº|n°|hs|#)\.?$", re.IGNORECASE
)
_FIRST = re.compile(
    rf"^{_MARK}(\d{{1,6}}{_SUFFIX}{_MORE})\s+(\D.*|\d+\S*\s.*|\d+(?:st|nd|rd|th))$", re.IGNORECASE
)
_FIRST_BARE = re.compile(rf"^{_MARK}(\d{{1,6}})\s+([a-z]\s.*)$", re.IGNORECASE)
_FIRST_GLUED = re.compile(r"^(\d{1,6})([^\W\d_]{2,}.*)$")
_FIRST_TORN = re.compile(r"^(\d{1,6})([^\W\d_]\s+.*)$")
_LAST = re.compile(rf"^(.*[^\s\d].*?)\s+{_MARK}(\d{{1,6}}{_SUFFIX}{_MORE})$", re.IGNORECASE)
_LAST_GLUED = re.compile(r"^(.*[^\W\d_.]{2,}\.?)(\d{1,5}[a-z]?)$", re.IGNORECASE)
_MIDDLE = re.compile(rf"^(\D{{3,}}?)\s+{_MARK}(\d{{1,5}}{_SUFFIX}{_MORE})\s+(\D{{2,}})$", re.IGNORECASE)
_ONLY_NUMBER = re.compile(rf"^{_MARK}(\d{{1,6}}{_SUFFIX}{_MORE})$", re.IGNORECASE)
_NO_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a line. ``number`` None = no house number; ``others`` are further numbers of the door.

    ``postcode`` is in its comparable form, ``town`` as written, ``state`` the lower-case abbreviation.
    """

    street: str
    number: int | None = None
    suffix: str = ""
    others: tuple[int, ...] = ()
    postcode: str = ""
    town: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class _Tail:
    postcode: str = ""
    state: str = ""
    town: str = ""


def is_box(line: str) -> bool:
    """Whether a line is a letter box at a post office, where nobody can be visited."""
    box = BOX.search(line)
    if box is None:
        return False
    rest = _BREAKS.split(line[: box.start()].strip(" ,"))
    return not any(re.search(r"\d", part) and re.search(r"[^\W\d]{3}", part) for part in rest)


def readings(line: str, index: AddressIndex) -> list[Reading]:
    """The ways to read ``line`` in this region, the likelier first; at most a dozen."""
    text = _BLANKS.sub(" ", _BREAKS.sub(", ", line[:_LONGEST])).strip(" ,.")
    text = _ZIP_4.sub(r"\1", text)
    parts = [_PREFIX.sub("", part.strip()) for part in text.split(",") if part.strip()]
    parts = _without_countries(parts)
    parts = [part for part in parts if not WHOLE_UNIT.match(part)] or parts
    found: dict[Reading, None] = {}
    for left, tail in _tails(parts, index):
        for reading in _heads(left, tail, index):
            found.setdefault(reading)
            if len(found) >= _MOST_READINGS:
                return list(found)
    return list(found)


def _without_countries(parts: list[str]) -> list[str]:
    if len(parts) > 1 and town_key(parts[-1]) in COUNTRIES:
        return parts[:-1]
    words = parts[-1].split() if parts else []
    if len(words) > 2 and town_key(words[-1]) in COUNTRIES:
        return [*parts[:-1], " ".join(words[:-1])]
    return parts


# ---- postcode, state ----------------------------------------


def _tails(parts: list[str], index: AddressIndex) -> Iterator[tuple[list[str], _Tail]]:
    """The parts without postcode and state, in the ways in which those can be told apart."""
    cut = _cut_postcode(parts, index)
    if cut is None:
        variants = [(parts, _Tail(), True)]
    else:
        left, postcode, town_follows = cut
        variants = [(left, _Tail(postcode), not town_follows)]
    for left, tail, state_last in variants:
        state = _state(left, index) if state_last or len(left) > 1 else None
        if state is not None:
            yield state[0], replace(tail, state=state[1])
            if not _may_be_street(left, state[0]):
                continue
        yield left, tail


def _may_be_street(parts: list[str], without_state: list[str]) -> bool:
    """Whether the word for a state may belong to the street: "3308 LEE CT", "12 Washington"."""
    last = plain_words(parts[-1])
    alone = not any(re.search(r"[^\W\d]", part) for part in without_state)
    return alone or not last or len(last[-1]) > 2 or last[-1] in LAST_KINDS


def _cut_postcode(parts: list[str], index: AddressIndex) -> tuple[list[str], str, bool] | None:
    """Parts without the postcode, the code, and whether text follows it in its part. None without one."""
    found: list[tuple[bool, int, int, int, str]] = []
    for i, part in enumerate(parts):
        words = part.split()
        for j in range(len(words)):
            for count in (2, 1):
                text = " ".join(words[j : j + count])
                if j + count > len(words) or not _could_be_code(text, index):
                    continue
                code = postcode_key(text)
                rest = " ".join(words[j + count :])
                town_follows = code in index.postcodes and bool(index.towns_called(rest))
                if not town_follows and _is_number_first(parts, i, j, count):
                    continue
                found.append((code in index.postcodes, i, j, count, code))
                break
    if not found:
        return None
    _, i, j, count, code = max(found, key=lambda one: (one[0], one[1], one[2]))
    words = parts[i].split()
    before, after = " ".join(words[:j]).strip(" ,-"), " ".join(words[j + count :]).strip(" ,-")
    left = [*parts[:i], *([before] if before else []), *([after] if after else []), *parts[i + 1 :]]
    return left, code, bool(after)


def _could_be_code(text: str, index: AddressIndex) -> bool:
    if not any(sign.isdigit() for sign in text):
        return False
    return postcode_key(text) in index.postcodes or shape(text.upper().strip(".()")) in index.postcode_shapes


def _is_number_first(parts: list[str], i: int, j: int, count: int) -> bool:
    """A long house number before its street: "10369 Reisterstown Road" begins with no postcode."""
    if i or j:
        return False
    rest = [" ".join(parts[0].split()[count:]), *parts[1:]]
    return any(rest) and not any(re.search(r"\d", part) and re.search(r"[^\W\d]", part) for part in rest)


def _state(parts: list[str], index: AddressIndex) -> tuple[list[str], str] | None:
    """Parts without a state at the end, and the state."""
    if not parts or index.towns_called(parts[-1]):  # Washington is a state, Mount Washington is none
        return None
    words = parts[-1].replace("(", " ").replace(")", " ").split()
    for count in (1, 2, 3):
        state = STATES.get("".join(words[-count:]).strip(".").casefold())
        if state is None or len(words) < count:
            continue
        left = [*parts[:-1], " ".join(words[:-count])] if len(words) > count else parts[:-1]
        if left and (not index.states or state in index.states or len(parts) > 1):
            return left, state
    return None


# ---- street, number, town ----------------------------------------


def _heads(parts: list[str], tail: _Tail, index: AddressIndex) -> Iterator[Reading]:
    """Readings with each part as the one with the street."""
    parts = _joined_numbers(parts)
    base = Reading("", postcode=tail.postcode, state=tail.state)
    if not parts and tail.postcode:
        yield base
    elif parts and all(index.towns_called(part) for part in parts):
        yield replace(base, town=parts[-1])
    numbered = [i for i, part in enumerate(parts) if any(sign.isdigit() for sign in part)]
    for i in numbered or range(max(1, len(parts) - 1) if parts else 0):
        text = _without_unit(parts[i])
        others = [*parts[i + 1 :], *reversed(parts[:i])]
        town = _town_of(others, index)
        for option in _numbered(text, base):
            if others:
                yield replace(option, town=option.town or town)
            if not others or town == "" or not index.towns_called(town):
                yield from _split_towns(option, index)


def _joined_numbers(parts: list[str]) -> list[str]:
    """ "12, rue X" and "C/ Mayor, 5": a number alone belongs to the text beside it."""
    joined: list[str] = []
    pending = ""
    for i, part in enumerate(parts):
        if _ONLY_NUMBER.match(part):
            before = joined[-1] if joined else ""
            if before and not re.search(r"\d", before):
                joined[-1] = f"{before} {part}"
            elif not before and i + 1 < len(parts):
                pending = part
            continue
        joined.append(f"{pending} {part}".strip())
        pending = ""
    return joined or ([pending] if pending else [])


def _without_unit(text: str) -> str:
    shorter = UNIT_AT_END.sub("", text).strip(" ,")
    if not re.search(r"[^\W\d]", shorter):
        shorter = text
    after = UNIT_AT_START.sub("", shorter)
    return after if re.search(r"\d", after) and re.search(r"[^\W\d]", after) else shorter


def _numbered(text: str, base: Reading) -> Iterator[Reading]:
    """Number first, number last, number in the middle with the town behind it, or no number."""
    found = False
    glued = _FIRST_GLUED.match(text)
    if glued is not None and not _NO_ORDINAL.match(text):
        found = True
        yield _with_number(base, glued[1], glued[2])
    for pattern in (_FIRST, _FIRST_BARE):
        match = pattern.match(text)
        if match is not None:
            found = True
            yield _with_number(base, match[1], match[2])
    middle = _MIDDLE.match(text)
    if middle is not None:
        found = True
        yield replace(_with_number(base, middle[2], middle[1]), town=middle[3].strip())
    for pattern in (_LAST, _LAST_GLUED):
        match = pattern.match(text)
        if match is not None:
            found = True
            yield _with_number(base, match[2], match[1])
            break
    torn = _FIRST_TORN.match(text)
    if torn is not None:
        yield _with_number(base, torn[1], torn[2])
    if not found or not re.match(r"^\d", text):
        yield replace(base, street=text)


def _with_number(base: Reading, number: str, street: str) -> Reading:
    parsed = house_number(number)
    assert parsed is not None  # the patterns begin with a digit
    others = tuple(int(other) for other in re.findall(r"\d+", number)[1:3])
    suffix = parsed[1] if not others or "/" in number else ""
    plain = street.strip(" ,-")
    street = _MARK_AT_END.sub("", plain) or plain
    return replace(base, street=street, number=parsed[0], suffix=suffix, others=others)


def _town_of(parts: list[str], index: AddressIndex) -> str:
    """The part that is a town of the region, else the first that has letters."""
    texts = [part for part in parts if re.search(r"[^\W\d]", part)]
    return next((part for part in texts if index.towns_called(part)), texts[0] if texts else "")


def _split_towns(reading: Reading, index: AddressIndex) -> Iterator[Reading]:
    """A street with the town behind it and no comma between: every likely place to cut, and no cut."""
    words = reading.street.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        if index.towns_called(" ".join(words[-count:])):
            street = _without_unit(" ".join(words[:-count]))
            yield replace(reading, street=street, town=" ".join(words[-count:]))
    plain = [(plain_words(word) or [""])[-1] for word in words]
    ends = [i for i, word in enumerate(plain) if word in LAST_KINDS and 0 < i < len(words) - 1]
    for end in reversed(ends):
        yield replace(reading, street=" ".join(words[: end + 1]), town=" ".join(words[end + 1 :]))
    yield reading

"""Damage to a good book: bytes, XML, records, cells and the archive itself; the seed decides which."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile

_SPICE = (
    b"999999999999",
    b"-1",
    b"1e999",
    b"NaN",
    b"<x>",
    b"</c>",
    b"</row>",
    b'"',
    b"'",
    b"\x00",
    b"\xff\xfe",
    "ż".encode(),
    b"&#0;",
    b"&amp;",
    b"#REF!",
    b"XFD1048576",
    b"\r\n",
    b";;;;",
    b"\t\t",
)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_VALUES = (
    b"0",
    b"-5",
    b"1048576",
    b"16385",
    b"4294967296",
    b"0.5",
    b"1e308",
    b"-2958466",
    b"60",
    b"99999999999999999999",
)
_TAG = re.compile(rb"<[^<>]{1,200}>")
_ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"]*)"')
_ATTRIBUTE_VALUES = (
    b"",
    b"s",
    b"e",
    b"str",
    b"b",
    b"d",
    b"inlineStr",
    b"1",
    b"true",
    b"hidden",
    b"A0",
    b"AAAA1",
    b"../x",
)


def mutate(content: bytes, seed: int) -> bytes:
    """A damaged copy; the same seed gives the same damage."""
    chance = random.Random(seed)
    if not content.startswith(b"PK") or chance.random() < 0.15:
        return _several(content, chance, (_cut, _swap, _spice, _copy, _shuffle_numbers))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    if chance.random() < 0.12:
        parts = _rearranged(parts, chance)
    else:
        for _ in range(chance.choice((1, 1, 2))):
            at = chance.choice([n for n, (name, _) in enumerate(parts) if not name.endswith("mimetype")])
            name, part = parts[at]
            how = (_cut, _swap, _spice, _copy, _tags, *[_shuffle_numbers, _attributes] * 4)
            parts[at] = (name, _several(part, chance, how))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are wanted
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _several(data: bytes, chance: random.Random, ways) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(ways)(data, chance) or b"x"
    return data


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 2, 9, 40, 400)) :]


def _swap(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _spice(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(_SPICE) + data[at:]


def _copy(data: bytes, chance: random.Random) -> bytes:
    source, at, size = _place(data, chance), _place(data, chance), chance.choice((4, 30, 300))
    return data[:at] + data[source : source + size] + data[at + chance.choice((0, size)) :]


def _shuffle_numbers(data: bytes, chance: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    number = chance.choice(found)
    return data[: number.start()] + chance.choice(_VALUES) + data[number.end() :]


def _tags(data: bytes, chance: random.Random) -> bytes:
    """Leave out, double or exchange a tag."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    tag, other = chance.choice(found), chance.choice(found).group()
    new = chance.choice((b"", tag.group() * 2, other))
    return data[: tag.start()] + new + data[tag.end() :]


def _attributes(data: bytes, chance: random.Random) -> bytes:
    """Leave out an attribute or give it another value: the XML stays well-formed."""
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return data
    attribute = chance.choice(found)
    if chance.random() < 0.3:
        return data[: attribute.start()] + data[attribute.end() :]
    value = chance.choice((*_ATTRIBUTE_VALUES, *_VALUES, chance.choice(found).group(2)))
    return data[: attribute.start(2)] + value + data[attribute.end(2) :]


def _rearranged(parts: list[tuple[str, bytes]], chance: random.Random) -> list[tuple[str, bytes]]:
    """Lose, double, rename or exchange parts."""
    at = chance.randrange(len(parts))
    how = chance.randrange(4)
    if how == 0:
        return parts[:at] + parts[at + 1 :]
    if how == 1:
        return [*parts, (parts[at][0], chance.choice(parts)[1])]
    if how == 2:
        return [*parts[:at], (parts[at][0].upper(), parts[at][1]), *parts[at + 1 :]]
    other = chance.randrange(len(parts))
    parts[at], parts[other] = (parts[at][0], parts[other][1]), (parts[other][0], parts[at][1])
    return parts

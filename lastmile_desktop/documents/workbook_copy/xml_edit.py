"""Changing an XML part by inserting and replacing bytes: what is not touched stays as it is, to the byte.

Parsers that write a document anew drop what they do not know (Excel then offers to "repair" the file).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from lastmile_desktop.documents.page_text import printable

_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
#: A cell holds no more.
_LONGEST_CELL = 32_767
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ESCAPED_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class NotExtendableError(Exception):
    """The workbook is written in a way that cannot be extended; the text says how."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element as it stands: offsets of its tags in the part. ``name`` has the prefix of the document."""

    name: str
    attributes: Mapping[str, str]
    start: int
    depth: int

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` where bytes ``start`` to ``end`` are (the same twice: insert)."""

    start: int
    end: int
    text: str


def walk(
    part: bytes,
    on_start: Callable[[Element], None],
    on_end: Callable[[str, int], None] = lambda _local, _at: None,
) -> None:
    """Call back for every element; ``on_end`` gets the local name and where the end tag starts.

    For an element without content (``<a/>``) that is where the element itself starts. Raises
    NotExtendableError for parts that are not well-formed UTF-8 XML.
    """
    if part.startswith(_UTF16):
        raise NotExtendableError("it is written as UTF-16")
    parser = expat.ParserCreate()
    starts: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        on_start(Element(name, attributes, parser.CurrentByteIndex, len(starts)))
        starts.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        began, at = starts.pop(), parser.CurrentByteIndex
        # Of an element without content expat says where it ends, of any other where its end tag starts.
        closed = part[at - 2 : at] == b"/>" and tag_end(part, began) == at
        on_end(name.rpartition(":")[2], began if closed else at)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            raise NotExtendableError(f"it is written as {encoding}")

    def refuse(*_arguments: object) -> None:
        raise NotExtendableError("it defines entities")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    parser.XmlDeclHandler = declared
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise NotExtendableError("a part of it is damaged") from error


def tag_end(part: bytes, start: int) -> int:
    """Offset behind the ``>`` of the tag that begins at ``start``."""
    found = _TAG.match(part, start)
    if found is None:
        raise NotExtendableError("a part of it is damaged")
    return found.end()


def appended(part: bytes, element: Element, end: int, text: str) -> Edit:
    """The edit that adds children at the end of an element; ``end`` is what ``walk`` said of it."""
    if end != element.start:
        return Edit(end, end, text)
    after = tag_end(part, element.start)
    opened = part[element.start : after].decode("utf-8").removesuffix("/>").rstrip()
    return Edit(element.start, after, f"{opened}>{text}</{element.name}>")


def with_edits(part: bytes, edits: Sequence[Edit]) -> bytes:
    """The part with all edits made; they must not overlap. Inserts at one place come in the order given."""
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < at:
            raise NotExtendableError("two changes are at one place")
        pieces += [part[at : edit.start], edit.text.encode("utf-8")]
        at = edit.end
    return b"".join([*pieces, part[at:]])


def escaped(text: str) -> str:
    """Text of the user as XML, whatever it holds; Excel's own escapes (``_x0041_``) stay text too."""
    shown = printable(text)
    if len(shown) > _LONGEST_CELL:
        shown = f"{shown[: _LONGEST_CELL - 1]}…"
    return _ESCAPED_CODE.sub("_x005F_", shown).translate(_ESCAPES)


def with_attribute(tag: str, name: str, value: str) -> str:
    """A start tag with an attribute set to ``value``."""
    found = re.subn(
        rf"(\s{name}\s*=\s*)(\"[^\"]*\"|'[^']*')", lambda match: f'{match[1]}"{value}"', tag, count=1
    )
    if found[1]:
        return found[0]
    cut = len(tag) - (2 if tag.endswith("/>") else 1)
    return f'{tag[:cut].rstrip()} {name}="{value}"{tag[cut:]}'


def column_number(reference: str) -> int:
    """The column of a cell's reference from 1: "AA7" -> 27; 0 where there is none."""
    number = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        number = 26 * number + ord(sign) - 64
    return number


def column_letter(number: int) -> str:
    """27 -> "AA"."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

"""The small parts of an .xlsx: which sheets there are, where they lie, and what their styles mean."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from lastmile_desktop.sheets.workbooks.marks import FormatKind, format_kind
from lastmile_desktop.sheets.workbooks.wanted import SheetPart


@dataclass(slots=True)
class BookParts:
    """What the sheets of a workbook share.

    ``styles`` maps a cell's style number to its format code, for styles whose numbers Excel shows otherwise
    than as they are. ``strings`` is the number of texts that cells may refer to. ``uncalculated`` says that
    the writer left all formulas to be calculated on opening.
    """

    sheets: list[SheetPart] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)
    strings: int = 0
    uncalculated: bool = False
    uses_1904: bool = False


#: XlsxWriter cannot calculate: it stores 0 under every formula, with this engine number and this order.
_ENGINE_OF_A_WRITER = "124519"
_STRING_ITEM = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_FORMATS_OF_BUILTINS = {9: "0%", 10: "0.00%", 22: "m/d/yyyy h:mm"}


def local(tag: str) -> str:
    """An element's or attribute's name without its namespace."""
    return tag.rpartition("}")[2]


def parse_part(archive: zipfile.ZipFile, part: str) -> Element | None:
    """A part as a tree; None when it is missing. Raises ParseError for broken XML."""
    from defusedxml.ElementTree import fromstring

    try:
        content = archive.read(part)
    except KeyError:
        return None
    tree: Element = fromstring(content)
    return tree


def named(tree: Element | None, name: str) -> Iterator[Element]:
    """All elements of a name below ``tree``, whatever their namespace."""
    if tree is not None:
        for element in tree.iter():
            if isinstance(element.tag, str) and local(element.tag) == name:
                yield element


def read_parts(archive: zipfile.ZipFile) -> BookParts:
    """The shared parts of a workbook. Raises ParseError, or KeyError without a workbook part."""
    book_part = _book_part(archive)
    tree = parse_part(archive, book_part)
    if tree is None:
        raise KeyError(book_part)
    folder, file = posixpath.split(book_part)
    targets = _targets(archive, folder, file)
    book = BookParts()
    for sheet in named(tree, "sheet"):
        attributes = {local(name): value for name, value in sheet.attrib.items()}
        target, kind = targets.get(attributes.get("id", ""), ("", ""))
        if kind.endswith("/worksheet"):
            book.sheets.append(
                SheetPart(attributes.get("name", ""), target, attributes.get("state", "visible"))
            )
    for calculation in named(tree, "calcPr"):
        on_load = calculation.get("fullCalcOnLoad") in ("1", "true")
        book.uncalculated = on_load and calculation.get("calcId") == _ENGINE_OF_A_WRITER
    for properties in named(tree, "workbookPr"):
        book.uses_1904 = properties.get("date1904") in ("1", "true")
    strings = [target for target, kind in targets.values() if kind.endswith("/sharedStrings")]
    book.strings = sum(_count_strings(archive, target) for target in strings)
    styles = [target for target, kind in targets.values() if kind.endswith("/styles")]
    if styles:
        book.styles = _styles(parse_part(archive, styles[0]))
    return book


def _count_strings(archive: zipfile.ZipFile, part: str) -> int:
    """Texts in the table of shared strings, counted without reading them."""
    count, tail = 0, b""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(1024 * 1024):
                piece = tail + piece
                count += len(_STRING_ITEM.findall(piece))
                tail = piece[-64:]
                count -= len(_STRING_ITEM.findall(tail))
    except KeyError:
        return 0
    return count + len(_STRING_ITEM.findall(tail))


def _book_part(archive: zipfile.ZipFile) -> str:
    for relation in named(parse_part(archive, "_rels/.rels"), "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _targets(archive: zipfile.ZipFile, folder: str, file: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (part, type)."""
    found: dict[str, tuple[str, str]] = {}
    for relation in named(parse_part(archive, f"{folder}/_rels/{file}.rels"), "Relationship"):
        target = relation.get("Target", "").replace("\\", "/")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[relation.get("Id", "")] = (part, relation.get("Type", ""))
    return found


def _styles(tree: Element | None) -> dict[str, str]:
    """Style number -> format code, for the kinds that a reader of values does not see."""
    if tree is None:
        return {}
    codes = {element.get("numFmtId", ""): element.get("formatCode", "") for element in named(tree, "numFmt")}
    found: dict[str, str] = {}
    for formats in named(tree, "cellXfs"):
        for number, style in enumerate(formats):
            identity = style.get("numFmtId", "0")
            code = codes.get(identity) or _FORMATS_OF_BUILTINS.get(_whole(identity), "")
            if code and format_kind(code) in (FormatKind.CODE, FormatKind.DRESSED, FormatKind.CLOCK):
                found[str(number)] = code
    return found


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0

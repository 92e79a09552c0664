"""An .xlsx made by hand, in the manner of the many programs that write one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from tests.sheets.books.cells import Cell, Code, Dressed, Fault, Rows, Sum, serial

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Manner:
    """How a program writes a workbook."""

    name: str
    strict: bool = False
    prefix: str = ""
    inline_strings: bool = False
    addresses: bool = True
    dimension: str = ""
    styles: bool = True
    absolute_targets: bool = False
    from_1904: bool = False
    shared_formulas: bool = False
    format_only_to_row: int = 0
    pretty: bool = False
    rich_text: bool = False
    extra_sheet_xml: str = ""
    book_part: str = "xl/workbook.xml"
    empty_rows_written: bool = False


MANNERS = (
    Manner("excel", dimension="right"),
    Manner("strict", strict=True, dimension="right"),
    Manner("libreoffice", dimension="right", absolute_targets=False, format_only_to_row=400, rich_text=True),
    Manner("google sheets", format_only_to_row=1000, extra_sheet_xml='<drawing r:id="rId9"/>'),
    Manner("numbers export", dimension="A1", pretty=True, rich_text=True),
    Manner("no dimension", absolute_targets=True),
    Manner("wrong dimension", dimension="A1:XFD1048576"),
    Manner("inline strings", inline_strings=True, dimension="right"),
    Manner("namespace prefix", prefix="x", dimension="right"),
    Manner("no addresses", addresses=False, inline_strings=True, empty_rows_written=True),
    Manner("no styles", styles=False),
    Manner("calendar of 1904", from_1904=True),
    Manner("shared formulas", shared_formulas=True, dimension="right"),
)


@dataclass
class Sheet:
    """A worksheet to write. Rows and columns count from 1."""

    rows: Rows
    state: str = "visible"
    merges: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    first_row: int = 1
    first_column: int = 1


class _Styles:
    """Number formats by the order of their first use."""

    def __init__(self) -> None:
        self.codes = ["General"]

    def of(self, code: str) -> int:
        if code not in self.codes:
            self.codes.append(code)
        return self.codes.index(code)

    def xml(self, main: str) -> str:
        formats = "".join(
            f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
            for n, code in enumerate(self.codes)
        )
        styles = "".join(
            f'<xf numFmtId="{164 + n if n else 0}" applyNumberFormat="1"/>' for n in range(len(self.codes))
        )
        return (
            f'<styleSheet xmlns="{main}"><numFmts count="{len(self.codes)}">{formats}</numFmts>'
            f'<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self.codes)}">{styles}</cellXfs></styleSheet>'
        )


def letters(column: int) -> str:
    """1 -> A."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class _Writer:
    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.strings: list[str] = []
        self._numbers: dict[str, int] = {}
        self.styles = _Styles()

    def sheet(self, sheet: Sheet) -> str:
        manner = self.manner
        main = STRICT_MAIN if manner.strict else MAIN
        p = f"{manner.prefix}:" if manner.prefix else ""
        declared = f'xmlns:{manner.prefix}="{main}"' if manner.prefix else f'xmlns="{main}"'
        parts = [f'<{p}worksheet {declared} xmlns:r="{STRICT_RELATIONS if manner.strict else RELATIONS}">']
        if manner.dimension:
            last = f"{letters(max(map(len, sheet.rows), default=1))}{len(sheet.rows)}"
            parts.append(
                f'<{p}dimension ref="{"A1:" + last if manner.dimension == "right" else manner.dimension}"/>'
            )
        if sheet.hidden_columns:
            columns = "".join(
                f'<{p}col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sheet.hidden_columns
            )
            parts.append(f"<{p}cols>{columns}</{p}cols>")
        parts.append(f"<{p}sheetData>")
        parts.extend(
            self._row(number, row, sheet, p) for number, row in enumerate(sheet.rows, sheet.first_row)
        )
        style = self.styles.of("0.00") if manner.format_only_to_row else 0
        for number in range(len(sheet.rows) + sheet.first_row, manner.format_only_to_row + 1):
            cells = "".join(f'<{p}c r="{letters(c)}{number}" s="{style}"/>' for c in range(1, 9))
            parts.append(f'<{p}row r="{number}">{cells}</{p}row>')
        parts.append(f"</{p}sheetData>")
        if sheet.filtered:
            parts.append(
                f'<{p}autoFilter ref="A1:B9"><{p}filterColumn colId="0"><{p}filters><{p}filter val="x"/>'
                f"</{p}filters></{p}filterColumn></{p}autoFilter>"
            )
        if sheet.merges:
            merges = "".join(f'<{p}mergeCell ref="{area}"/>' for area in sheet.merges)
            parts.append(f'<{p}mergeCells count="{len(sheet.merges)}">{merges}</{p}mergeCells>')
        parts.append(manner.extra_sheet_xml)
        parts.append(f"</{p}worksheet>")
        return ("\n  " if manner.pretty else "").join(parts)

    def _row(self, number: int, row: list[Cell], sheet: Sheet, p: str) -> str:
        if not row and not self.manner.empty_rows_written:
            return ""
        cells = []
        for column, value in enumerate(row, sheet.first_column):
            if value is None and self.manner.addresses:
                continue
            cells.append(self._cell(number, column, value, p))
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        address = f' r="{number}"' if self.manner.addresses else ""
        return f"<{p}row{address}{hidden}>" + "".join(cells) + f"</{p}row>"

    def _cell(self, row: int, column: int, value: Cell, p: str) -> str:
        at = f' r="{letters(column)}{row}"' if self.manner.addresses else ""
        if value is None:
            return f"<{p}c{at}/>"
        if isinstance(value, Fault):
            return f'<{p}c{at} t="e"><{p}v>{value.text}</{p}v></{p}c>'
        if isinstance(value, Sum):
            return self._formula(at, value, p, row)
        if isinstance(value, str):
            return self._string(at, value, p)
        if isinstance(value, bool):
            return f'<{p}c{at} t="b"><{p}v>{int(value)}</{p}v></{p}c>'
        number, code = self._number(value)
        style = f' s="{self.styles.of(code)}"' if code and self.manner.styles else ""
        return f"<{p}c{at}{style}><{p}v>{number!r}</{p}v></{p}c>"

    def _number(self, value: Cell) -> tuple[float, str]:
        if isinstance(value, Code | Dressed):
            return value.number, value.format
        if isinstance(value, timedelta):
            return serial(value), "[h]:mm"
        if isinstance(value, time):
            return serial(value), "hh:mm"
        if isinstance(value, date):
            code = "dd.mm.yyyy hh:mm" if isinstance(value, datetime) else "dd.mm.yyyy"
            return serial(value, from_1904=self.manner.from_1904), code
        assert isinstance(value, int | float)
        return value, ""

    def _string(self, at: str, value: str, p: str) -> str:
        text = escape(value)
        if self.manner.inline_strings:
            return f'<{p}c{at} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
        if value not in self._numbers:
            self._numbers[value] = len(self.strings)
            self.strings.append(value)
        return f'<{p}c{at} t="s"><{p}v>{self._numbers[value]}</{p}v></{p}c>'

    def _formula(self, at: str, value: Sum, p: str, row: int) -> str:
        formula = f"<{p}f>{escape(value.text)}</{p}f>"
        if self.manner.shared_formulas:
            formula = f'<{p}f t="shared" ref="A{row}:A{row}" si="0">{escape(value.text)}</{p}f>'
        if value.value is None:
            return f"<{p}c{at}>{formula}<{p}v></{p}v></{p}c>"
        if isinstance(value.value, str):
            return f'<{p}c{at} t="str">{formula}<{p}v>{escape(value.value)}</{p}v></{p}c>'
        return f"<{p}c{at}>{formula}<{p}v>{value.value}</{p}v></{p}c>"

    def strings_xml(self) -> str:
        main = STRICT_MAIN if self.manner.strict else MAIN
        items = []
        for text in self.strings:
            half = len(text) // 2
            if self.manner.rich_text and half:
                items.append(
                    f'<si><r><t xml:space="preserve">{escape(text[:half])}</t></r><r><rPr><b/></rPr>'
                    f'<t xml:space="preserve">{escape(text[half:])}</t></r></si>'
                )
            else:
                items.append(f'<si><t xml:space="preserve">{escape(text)}</t></si>')
        return f'<sst xmlns="{main}" count="{len(items)}">' + "".join(items) + "</sst>"


def write_parts(sheets: Mapping[str, Sheet | Rows], manner: Manner = MANNERS[0]) -> dict[str, bytes]:
    """The parts of a workbook by name, ready to be zipped (or broken)."""
    writer = _Writer(manner)
    parts: dict[str, str] = {}
    main = STRICT_MAIN if manner.strict else MAIN
    relations = STRICT_RELATIONS if manner.strict else RELATIONS
    entries, targets = [], []
    folder = "/xl/" if manner.absolute_targets else ""
    for number, (name, given) in enumerate(sheets.items(), start=1):
        sheet = given if isinstance(given, Sheet) else Sheet(given)
        parts[f"xl/worksheets/sheet{number}.xml"] = writer.sheet(sheet)
        state = f' state="{sheet.state}"' if sheet.state != "visible" else ""
        entries.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>')
        targets.append((f"rId{number}", "worksheet", f"{folder}worksheets/sheet{number}.xml"))
    targets.append(("rIdS", "sharedStrings", f"{folder}sharedStrings.xml"))
    if manner.styles:
        targets.append(("rIdT", "styles", f"{folder}styles.xml"))
        parts["xl/styles.xml"] = writer.styles.xml(main)
    parts["xl/sharedStrings.xml"] = writer.strings_xml()
    properties = '<workbookPr date1904="1"/>' if manner.from_1904 else ""
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{main}" xmlns:r="{relations}">{properties}<sheets>{"".join(entries)}</sheets>'
        "</workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = _relations(relations, targets)
    parts["_rels/.rels"] = _relations(relations, [("rId1", "officeDocument", manner.book_part)])
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/>'
        + f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/></Types>'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {name: (head + text).encode() for name, text in parts.items()}


def _relations(kinds: str, targets: list[tuple[str, str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="{identity}" Type="{kinds}/{kind}" Target="{target}"/>'
        for identity, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Parts as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(sheets: Mapping[str, Sheet | Rows], manner: Manner = MANNERS[0]) -> bytes:
    """A whole workbook."""
    return zipped(write_parts(sheets, manner))

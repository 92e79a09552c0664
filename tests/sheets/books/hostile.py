"""Wrong and hostile files, each made by a few lines: what they are, and what must come of them.

``refused``: words of the sentence. ``read``: number of orders that must come out.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.sheets.books.cells import Fault, Rows, Sum
from tests.sheets.books.ods_book import MIME, ods, ods_parts
from tests.sheets.books.xls_book import compound, xls, xls_stream
from tests.sheets.books.xlsx_book import MANNERS, Sheet, letters, write_parts, xlsx, zipped

ROWS: Rows = [["Order", "Address", "Qty"], ["A1", "Main 1", 1], ["A2", "Main 2", 2]]
SHEET_PART = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Hostile:
    """``make`` gives the file's bytes; exactly one of ``refused`` and ``read`` is set."""

    file: str
    make: Callable[[], bytes]
    refused: str = ""
    read: int = -1
    heavy: bool = False


def _changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = write_parts({"Orders": ROWS})
    parts[part] = change(parts[part])
    return zipped(parts)


def _without(part: str) -> bytes:
    parts = write_parts({"Orders": ROWS})
    del parts[part]
    return zipped(parts)


def _with(part: str, content: bytes) -> bytes:
    return zipped(write_parts({"Orders": ROWS}) | {part: content})


def _cells(xml: str) -> bytes:
    """More cells or rows behind the rows of the sheet."""
    return _changed(
        SHEET_PART, lambda content: content.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
    )


def _ods(rows: str) -> bytes:
    parts = ods_parts({"Orders": ROWS})
    tag = b'<table:table-row table:number-rows-repeated="1048000">'
    parts["content.xml"] = parts["content.xml"].replace(tag, rows.encode() + tag)
    return zipped(parts)


def _declared(part: str, text: str, encoding: str = "utf-8") -> bytes:
    return _changed(part, lambda content: text.encode(encoding) + content)


def _huge(part: str, megabytes: int) -> bytes:
    buffer = io.BytesIO(xlsx({"Orders": ROWS}))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(part, "w") as stream:
        for _ in range(megabytes):
            stream.write(b" " * 1024 * 1024)
    return buffer.getvalue()


def _full_columns() -> bytes:
    """Every one of the 16,384 columns is filled in 200 rows."""
    columns = [letters(n) for n in range(1, 16385)]
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}"><v>1</v></c>' for column in columns) + "</row>"
        for row in range(4, 204)
    )
    return _cells(rows)


def _wide_rows() -> bytes:
    """As many full rows as stay below the limit of cells."""
    row = "".join(f'<c r="{letters(n)}%d"><v>1</v></c>' for n in range(1, 16385))
    return _cells("".join(f'<row r="{r}">' + row.replace("%d", str(r)) + "</row>" for r in range(4, 104)))


def _full_rows() -> bytes:
    """Every one of the 1,048,576 rows is filled in three columns."""
    return _cells(
        "".join(
            f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="B{r}"><v>2</v></c><c r="C{r}"><v>3</v></c></row>'
            for r in range(4, 1048577)
        )
    )


def _format_only_rows() -> bytes:
    return _cells(
        "".join(
            f'<row r="{r}"><c r="A{r}" s="0"/><c r="B{r}" s="0"/><c r="C{r}" s="0"/></row>'
            for r in range(4, 1048577)
        )
    )


def _diagonal() -> bytes:
    rows = (f'<row r="{n * 100}"><c r="{letters(n)}{n * 100}"><v>1</v></c></row>' for n in range(1, 10001))
    return _cells("".join(rows))


def _amplified() -> bytes:
    """One string of 32,000 letters, referred to by 100,000 cells."""
    parts = write_parts({"Orders": ROWS})
    cells = "".join(f'<row r="{r}"><c r="B{r}" t="s"><v>0</v></c></row>' for r in range(4, 100004))
    parts[SHEET_PART] = parts[SHEET_PART].replace(b"</sheetData>", cells.encode() + b"</sheetData>")
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"Order", b"x" * 32000)
    return zipped(parts)


def _claimed(rows: int, columns: int) -> bytes:
    """The records of a small sheet that claims to be larger."""
    stream = xls_stream({"Orders": ROWS})
    at = stream.find(struct.pack("<HH", 0x0200, 14))
    return stream[: at + 4] + struct.pack("<IIHHH", 0, rows, 0, columns, 0) + stream[at + 18 :]


def _looping_container() -> bytes:
    content = bytearray(xls({"Orders": ROWS}))
    (table,) = struct.unpack_from("<I", content, 76)
    struct.pack_into("<I", content, (table + 1) * 512, 0)  # the first sector follows itself
    return bytes(content)


def _twice_the_same_part() -> bytes:
    buffer = io.BytesIO()
    import warnings

    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in write_parts({"Orders": ROWS}).items():
            archive.writestr(name, content)
            archive.writestr(name, content)
    return buffer.getvalue()


def _encrypted_zip() -> bytes:
    content = bytearray(xlsx({"Orders": ROWS}))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _half(content: bytes, share: float = 0.6) -> bytes:
    return content[: int(len(content) * share)]


def _long(rows: int) -> Rows:
    return [ROWS[0], *([f"A{n}", f"Main {n}", n] for n in range(rows))]


_ONE = 'office:value-type="float" office:value="1"'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
_NESTED = 60_000
_PASSWORD = {"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(5000)}

HOSTILE: dict[str, Hostile] = {
    # bombs
    "bomb beside the sheet": Hostile("a.xlsx", lambda: _huge("xl/comments1.xml", 40), "zip bomb"),
    "bomb as a picture": Hostile("a.xlsx", lambda: _huge("xl/media/image1.png", 200), "zip bomb"),
    "gigabyte": Hostile("a.xlsx", lambda: _huge("xl/comments1.xml", 301), "too large", heavy=True),
    "many parts": Hostile(
        "a.xlsx",
        lambda: zipped(write_parts({"Orders": ROWS}) | {f"xl/x{n}.xml": b"" for n in range(5001)}),
        "parts inside",
    ),
    "one string in all cells": Hostile("a.xlsx", _amplified, "too large", heavy=True),
    "deep nesting": Hostile("a.xlsx", lambda: _cells("<x>" * _NESTED + "</x>" * _NESTED), read=2),
    "huge cell": Hostile(
        "a.xlsx",
        lambda: _cells(
            '<row r="4"><c r="B4" t="inlineStr"><is><t>' + "x" * 9_000_000 + "</t></is></c></row>"
        ),
        read=3,
    ),
    # declarations
    "laughs in strings": Hostile("a.xlsx", lambda: _declared("xl/sharedStrings.xml", LAUGHS), "entity"),
    "laughs in the sheet": Hostile("a.xlsx", lambda: _declared(SHEET_PART, LAUGHS), "entity"),
    "laughs in utf-16": Hostile("a.xlsx", lambda: _declared("xl/styles.xml", LAUGHS, "utf-16"), "entity"),
    "outside entity": Hostile("a.xlsx", lambda: _declared("xl/workbook.xml", XXE), "entity"),
    "outside entity in relations": Hostile(
        "a.xlsx", lambda: _declared("xl/_rels/workbook.xml.rels", XXE), "entity"
    ),
    "entity in open document": Hostile(
        "a.ods",
        lambda: zipped(
            ods_parts({"O": ROWS}) | {"content.xml": XXE.encode() + ods_parts({"O": ROWS})["content.xml"]}
        ),
        "entity",
    ),
    # far corners
    "one value in the last cell": Hostile(
        "a.xlsx", lambda: _cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), read=2
    ),
    "one value far right": Hostile(
        "a.xlsx", lambda: _cells('<row r="20000"><c r="XFD20000"><v>1</v></c></row>'), read=2
    ),
    "one value far below": Hostile(
        "a.xlsx", lambda: _cells('<row r="1048576"><c r="C1048576"><v>1</v></c></row>'), read=2
    ),
    "diagonal": Hostile("a.xlsx", _diagonal, "filled block"),
    "all columns": Hostile("a.xlsx", _full_columns, "filled cells", heavy=True),
    "all columns of fewer rows": Hostile("a.xlsx", _wide_rows, "filled block"),
    "all rows": Hostile("a.xlsx", _full_rows, "filled cells", heavy=True),
    "rows that are only formatted": Hostile("a.xlsx", _format_only_rows, read=2, heavy=True),
    "dimension of everything": Hostile("a.xlsx", lambda: xlsx({"O": ROWS}, MANNERS[6]), read=2),
    "row beyond the end": Hostile(
        "a.xlsx", lambda: _cells('<row r="99999999999"><c><v>1</v></c></row>'), read=2
    ),
    "row of a negative number": Hostile(
        "a.xlsx", lambda: _cells('<row r="-5"><c r="A-5"><v>1</v></c></row>'), "damaged"
    ),
    "column beyond the end": Hostile(
        "a.xlsx", lambda: _cells('<row r="9"><c r="ZZZZZZZ9"><v>1</v></c></row>'), "damaged"
    ),
    "cell of another row": Hostile(
        "a.xlsx", lambda: _cells('<row r="9"><c r="B70"><v>1</v></c></row>'), read=3
    ),
    "repeated rows in open document": Hostile(
        "a.ods",
        lambda: _ods(
            f'<table:table-row table:number-rows-repeated="1000000"><table:table-cell {_ONE} '
            'table:number-columns-repeated="16000"/></table:table-row>'
        ),
        "filled cells",
    ),
    "endless repetition in open document": Hostile(
        "a.ods",
        lambda: _ods(
            '<table:table-row table:number-rows-repeated="99999999999999"><table:table-cell/>'
            "</table:table-row>"
        ),
        "damaged",
    ),
    "one value far below in open document": Hostile(
        "a.ods",
        lambda: _ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
            f"<table:table-row><table:table-cell {_ONE}/></table:table-row>"
        ),
        read=2,
    ),
    "wide rows in open document": Hostile(
        "a.ods",
        lambda: _ods(
            '<table:table-row table:number-rows-repeated="100"><table:table-cell '
            f'table:number-columns-repeated="600"/><table:table-cell {_ONE} '
            'table:number-columns-repeated="15000"/></table:table-row>'
        ),
        "filled block",
    ),
    "spans in open document": Hostile(
        "a.ods",
        lambda: _ods(
            "<table:table-row><table:table-cell><text:p>"
            + "<text:span>" * _NESTED
            + "</text:span>" * _NESTED
            + "</text:p></table:table-cell></table:table-row>"
        ),
        read=2,
    ),
    # broken parts
    "no sheets": Hostile(
        "a.xlsx",
        lambda: _changed("xl/workbook.xml", lambda c: c.replace(b"<sheet ", b"<other ")),
        "no worksheets",
    ),
    "no relations": Hostile("a.xlsx", lambda: _without("xl/_rels/workbook.xml.rels"), "no worksheets"),
    "no sheet part": Hostile("a.xlsx", lambda: _without(SHEET_PART), "damaged"),
    "no styles": Hostile("a.xlsx", lambda: _without("xl/styles.xml"), read=2),
    "no strings": Hostile("a.xlsx", lambda: _without("xl/sharedStrings.xml"), "a.xlsx"),
    "string that is not there": Hostile(
        "a.xlsx", lambda: _cells('<row r="4"><c r="B4" t="s"><v>4000000000</v></c></row>'), read=3
    ),
    "styles in a ring": Hostile(
        "a.xlsx",
        lambda: _changed(
            "xl/styles.xml", lambda c: c.replace(b'<xf numFmtId="0"', b'<xf xfId="0" numFmtId="0"')
        ),
        read=2,
    ),
    "100,000 styles": Hostile(
        "a.xlsx",
        lambda: _changed(
            "xl/styles.xml",
            lambda c: c.replace(b"</cellXfs>", b'<xf numFmtId="14"/>' * 100_000 + b"</cellXfs>"),
        ),
        read=2,
    ),
    "merged a thousand times": Hostile(
        "a.xlsx",
        lambda: xlsx({"O": Sheet(ROWS, merges=[f"A{n}:XFD1048576" for n in range(3, 9000)])}),
        read=2,
    ),
    "sheets of one name": Hostile(
        "a.xlsx",
        lambda: zipped(
            write_parts({"Orders": ROWS, "Other": ROWS})
            | {
                "xl/workbook.xml": write_parts({"Orders": ROWS, "Other": ROWS})["xl/workbook.xml"].replace(
                    b"Other", b"Orders"
                )
            }
        ),
        "same name",
    ),
    "parts twice": Hostile("a.xlsx", _twice_the_same_part, read=2),
    "all sheets hidden": Hostile("a.xlsx", lambda: xlsx({"O": Sheet(ROWS, state="veryHidden")}), "hidden"),
    "part outside the archive": Hostile("a.xlsx", lambda: _with("../../evil.txt", b"x"), read=2),
    "macros": Hostile("a.xlsm", lambda: _with("xl/vbaProject.bin", bytes(9000)), read=2),
    "link to another workbook": Hostile(
        "a.xlsx", lambda: _with("xl/externalLinks/externalLink1.xml", b"<x/>"), read=2
    ),
    "errors and lost formulas": Hostile(
        "a.xlsx", lambda: xlsx({"O": [*ROWS, ["A3", Fault(), Sum("A1")]]}), read=3
    ),
    "calendar of 1904": Hostile("a.xlsx", lambda: xlsx({"O": ROWS}, MANNERS[11]), read=2),
    # halves
    "empty": Hostile("a.xlsx", lambda: b"", "empty"),
    "half a workbook": Hostile("a.xlsx", lambda: _half(xlsx({"O": ROWS})), "half there"),
    "nearly a workbook": Hostile("a.xlsx", lambda: xlsx({"O": ROWS})[:-10], "half there"),
    "half an old workbook": Hostile("a.xls", lambda: _half(xls({"O": _long(900)})), "damaged"),
    "half an open document": Hostile("a.ods", lambda: _half(ods({"O": ROWS})), "half there"),
    "only a beginning": Hostile("a.xlsx", lambda: b"PK\x03\x04", "half there"),
    "wrong checksum": Hostile(
        "a.xlsx", lambda: xlsx({"O": _long(500)}).replace(b"\x00\x00xl/", b"\x01\x00xl/", 1), "a.xlsx"
    ),
    # old workbooks
    "container in a ring": Hostile("a.xls", _looping_container, "damaged"),
    "container of nothing": Hostile("a.xls", lambda: compound({"Workbook": b""})[:512], "damaged"),
    "records of noise": Hostile("a.xls", lambda: compound({"Workbook": bytes(range(256)) * 40}), "a.xls"),
    "sheet of a million rows in an old workbook": Hostile(
        "a.xls", lambda: compound({"Workbook": _claimed(1_000_000, 256)}), "damaged"
    ),
    "used range of everything in an old workbook": Hostile(
        "a.xls", lambda: compound({"Workbook": _claimed(65_536, 256)}), read=2
    ),
    "record of no length": Hostile(
        "a.xls",
        lambda: compound({"Workbook": xls_stream({"O": ROWS}).replace(b"\x04\x02", b"\x04\x02\xff\xff", 1)}),
        "a.xls",
    ),
    "locked records": Hostile(
        "a.xls",
        lambda: compound({"Workbook": xls_stream({"O": ROWS}, extra=struct.pack("<HHH", 0x2F, 2, 0))}),
        "password",
    ),
    "older than 1995": Hostile(
        "a.xls", lambda: b"\x09\x04\x06\x00\x00\x04\x10\x00" + bytes(200), "before 1995"
    ),
    "password": Hostile("a.xlsx", lambda: compound(_PASSWORD), "password"),
    "password of the archive": Hostile("a.xlsx", _encrypted_zip, "password"),
    "password in open document": Hostile(
        "a.ods",
        lambda: zipped(
            ods_parts({"O": ROWS}) | {"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}
        ),
        "password",
    ),
    # something else
    "word": Hostile(
        "a.xlsx", lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "Word"
    ),
    "old word": Hostile("a.xls", lambda: compound({"WordDocument": b"x"}), "Word"),
    "powerpoint": Hostile(
        "a.xlsx", lambda: zipped({"[Content_Types].xml": b"<x/>", "ppt/p.xml": b"<x/>"}), "PowerPoint"
    ),
    "old powerpoint": Hostile("a.xls", lambda: compound({"PowerPoint Document": b"x"}), "PowerPoint"),
    "old outlook": Hostile(
        "a.xls", lambda: compound({"__properties_version1.0": b"x"}), "not an Excel workbook"
    ),
    "numbers": Hostile("a.numbers", lambda: zipped({"Index/Document.iwa": b"x"}), "Numbers"),
    "binary workbook": Hostile("a.xlsb", lambda: zipped({"xl/workbook.bin": b"x"}), "binary"),
    "open text": Hostile(
        "a.ods", lambda: zipped({"mimetype": MIME.replace(b"spreadsheet", b"text")}), "document"
    ),
    "photos": Hostile("a.zip", lambda: zipped({"a.jpg": b"x"}), "without a workbook"),
    "pdf": Hostile("a.xlsx", lambda: b"%PDF-1.7 ...", "PDF"),
    "picture": Hostile("a.csv", lambda: b"\x89PNG\r\n\x1a\n....", "picture"),
    "packed": Hostile("a.xlsx", lambda: gzip.compress(b"x" * 100), "gzip"),
    "program": Hostile("a.xls", lambda: b"MZ" + bytes(500), "program"),
    "web page without a table": Hostile(
        "a.xls", lambda: b"<html><p>Please log in.</p></html>", "without a table"
    ),
    "tables within tables": Hostile("a.xls", lambda: b"<table><tr><td>" * 20_000, "a.xls"),
    "web archive": Hostile(
        "a.xls", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web archive"
    ),
    "xml of 2003": Hostile("a.xls", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "XML"),
    "noise": Hostile("a.xlsx", lambda: bytes(range(256)) * 20, "not a workbook"),
    # texts
    "csv of noise": Hostile("a.csv", lambda: bytes(range(256)) * 20, "no readable text"),
    "csv of zeros": Hostile("a.csv", lambda: bytes(5000), "a.csv"),
    "csv with zeros in it": Hostile("a.csv", lambda: b"Address,Qty\nMain\0 1,1\nMain 2,2\n", read=2),
    "csv of one long line": Hostile("a.csv", lambda: b"Address,Qty\n" + b"x" * 20_000_000, "far too long"),
    "csv of a million columns": Hostile("a.csv", lambda: b"Address,Qty\nMain 1,1" + b"," * 1_000_000, read=1),
    "csv of a million full columns": Hostile(
        "a.csv", lambda: b"Address,Qty\nMain 1" + b",1" * 1_000_000, read=1
    ),
    "csv of quotation marks": Hostile("a.csv", lambda: b"Address,Qty\n" + b'"' * 1_000_001, "a.csv"),
    "only a byte order mark": Hostile("a.csv", lambda: b"\xff\xfe", "no rows"),
    "prose": Hostile("a.txt", lambda: b"It was a dark night.\nNothing happened.\n", "no heading"),
    "program text": Hostile("sums.py", lambda: b"name, address\nAnna, Kerkstraat 1\n", "no order sheet"),
    "workbook named csv": Hostile("a.csv", lambda: xlsx({"O": ROWS}), read=2),
    "csv named workbook": Hostile("a.xlsx", lambda: b"Address,Qty\nMain 1,1\n", read=1),
    "formulas in texts": Hostile(
        "a.csv", lambda: b'Address,Qty\n"=HYPERLINK(""http://x"")",1\n@SUM(A1),2\n', read=2
    ),
    "markup in texts": Hostile("a.csv", lambda: b"Address,Qty\n<script>alert(1)</script>,1\n", read=1),
}

"""Looks at a file before any reader does, and turns away what is not a harmless workbook or text table.

Reads at most MAX_FILE_BYTES and unpacks at most MAX_UNPACKED_BYTES in small pieces, so its own memory and
time are bounded. Every refusal is one sentence that says what the file is and what to do.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from enum import Enum
from pathlib import Path

from lastmile_desktop.sheets.decoding import utf16_order
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbooks.compound_file import BrokenContainerError, CompoundFile
from lastmile_desktop.sheets.workbooks.marks import MAX_CELLS

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_RATIO = 150
#: Small parts may compress as well as they like: they cannot hurt.
_RATIO_MATTERS_FROM_BYTES = 10 * 1024 * 1024
MAX_PARTS = 5000
MAX_OLD_BYTES = 40 * 1024 * 1024
MAX_CSV_BYTES = 60 * 1024 * 1024
_PIECE_BYTES = 1024 * 1024
_OVERLAP_BYTES = 64

#: Parts that no reader takes for XML. Everything else is searched, whatever its name.
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".bin", ".wdp")
_DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_MANIFESTS = ("META-INF/manifest.xml",)
#: The first records of Excel 2, 3 and 4, which had no container yet.
_BEFORE_1995 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_SAVE_AS = "Open it in Excel or LibreOffice, save it as .xlsx and import that."
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed archive (gzip)"),
    (b"7z\xbc\xaf", "a packed archive (7z)"),
    (b"Rar!", "a packed archive (rar)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3", "a database or a saved day"),
)


class FileForm(Enum):
    """How a harmless file is to be read."""

    WORKBOOK = "workbook"
    OPEN_DOCUMENT = "ods"
    OLD_WORKBOOK = "xls"
    WEB_PAGE = "web page"
    TEXT = "text"


def check_file(path: Path) -> FileForm:
    """Say how to read the file. Raises RefusedFileError with the sentence for the dispatcher."""
    name = f"“{path.name}”"
    size = _size(path, name)
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PK"):
        return _check_zip(path, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        _check_compound(path, name, size)
        return FileForm.OLD_WORKBOOK
    if start.startswith(_BEFORE_1995):
        raise RefusedFileError(f"{name} is an Excel file from before 1995. {_SAVE_AS}")
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise RefusedFileError(f"{name} is {what}, not an order sheet (.xlsx, .xls, .ods or .csv).")
    return _check_text(start, path, name, size)


def _size(path: Path, name: str) -> int:
    if path.is_dir():
        raise RefusedFileError(f"{name} is a folder, not a file.")
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise RefusedFileError(f"{name} does not exist, or was moved.") from error
    except OSError as error:
        raise RefusedFileError(
            f"{name} cannot be opened; close it in other programs and check that you may read it."
        ) from error
    if not path.is_file():
        raise RefusedFileError(f"{name} is not an ordinary file.")
    if size == 0:
        raise RefusedFileError(f"{name} is empty (0 bytes).")
    if size > MAX_FILE_BYTES:
        raise RefusedFileError(
            f"{name} is too large to read safely ({size // 1024 // 1024} MB; "
            f"at most {MAX_FILE_BYTES // 1024 // 1024} MB)."
        )
    return size


_TEXT_SUFFIXES = (".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods")
_PAGE_SUFFIXES = (*_TEXT_SUFFIXES, ".htm", ".html")
_PAGE_STARTS = ("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div")


def _check_text(start: bytes, path: Path, name: str, size: int) -> FileForm:
    suffix = path.suffix.lower()
    is_utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(utf16_order(start))
    head = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1").lower()
    is_page = head.startswith(_PAGE_STARTS) or (head.startswith("<?xml") and "<html" in head)
    if suffix not in (_PAGE_SUFFIXES if is_page else _TEXT_SUFFIXES):
        # Any text has lines and words in it; only a name that says "table" makes a table of them.
        raise RefusedFileError(f"{name} is no order sheet: it is neither a workbook (.xlsx) nor a CSV file.")
    if size > MAX_CSV_BYTES:
        raise RefusedFileError(f"{name} is too large to read safely ({size // 1024 // 1024} MB of text).")
    if is_page:
        return FileForm.WEB_PAGE
    if head.startswith(("mime-version", "from:", "content-type")):
        raise RefusedFileError(f"{name} is a web archive that was named like a workbook. {_SAVE_AS}")
    if head.startswith(("<?xml", "<workbook")):
        raise RefusedFileError(f"{name} is an XML file, not an Excel workbook. {_SAVE_AS}")
    control = sum(1 for byte in start if byte < 9 or 13 < byte < 32)
    if not is_utf16 and control > max(2, len(start) // 50):
        if suffix in (".csv", ".txt", ".tsv"):
            raise RefusedFileError(f"{name} holds no readable text; it is damaged or not a CSV file.")
        raise RefusedFileError(f"{name} is not a workbook, or it is damaged.")
    return FileForm.TEXT


def _check_compound(path: Path, name: str, size: int) -> None:
    """Old Office files and encrypted new ones share one container."""
    if size > MAX_OLD_BYTES:
        raise RefusedFileError(
            f"{name} is too large to read safely ({size // 1024 // 1024} MB; an Excel file of the old kind "
            f"may have {MAX_OLD_BYTES // 1024 // 1024} MB). {_SAVE_AS}"
        )
    content = path.read_bytes()
    try:
        names = CompoundFile(content).names
    except (BrokenContainerError, struct.error) as error:
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise RefusedFileError(_protected(name)) from error
        raise RefusedFileError(
            f"{name} is an old Office file (.xls, .doc), but it is damaged or only half there. Copy or "
            "download it again."
        ) from error
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise RefusedFileError(_protected(name))
    if "WordDocument" in names:
        raise RefusedFileError(
            f"{name} is a Word document, not a workbook. Copy its table into Excel and save that as .xlsx."
        )
    if "PowerPoint Document" in names:
        raise RefusedFileError(f"{name} is a PowerPoint file, not a workbook.")
    if not names & {"Workbook", "Book"}:
        raise RefusedFileError(f"{name} is an old Office file, but not an Excel workbook. {_SAVE_AS}")


def _protected(name: str) -> str:
    return (
        f"{name} is protected with a password. Open it in Excel, remove the password (File > Info "
        "> Protect Workbook), save it and import it again."
    )


def _check_zip(path: Path, name: str) -> FileForm:
    damaged = f"{name} is damaged or only half there. Copy or download it again."
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts, name)
            form = _check_kind(archive, parts, name)
            _check_parts(archive, parts, name)
            return form
    except RefusedFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise RefusedFileError(damaged) from error
    except (OSError, ValueError, RuntimeError, NotImplementedError, LookupError, OverflowError) as error:
        raise RefusedFileError(damaged) from error


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    if any(part.flag_bits & 0x1 for part in parts):
        raise RefusedFileError(f"{name} is protected with a password. Remove it and import the file again.")
    if len(parts) > MAX_PARTS:
        raise RefusedFileError(
            f"{name} has {len(parts):,} parts inside, far more than any workbook; it is not read "
            "because it could be harmful."
        )
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED_BYTES:
        raise RefusedFileError(
            f"{name} unpacks to {total // 1024 // 1024:,} MB, which is too large to read safely."
        )
    for part in parts:
        if part.file_size > _RATIO_MATTERS_FROM_BYTES and part.file_size > MAX_RATIO * max(
            1, part.compress_size
        ):
            raise RefusedFileError(
                f"{name} is packed far more tightly than any real workbook (a “zip bomb”); it is not "
                "read because it could fill the memory."
            )


def _check_kind(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> FileForm:
    names = {part.filename for part in parts}
    if "mimetype" in names:
        kind = archive.read("mimetype")[:200]
        if b"opendocument.spreadsheet" in kind:
            if any(b"encryption-data" in archive.read(part) for part in _MANIFESTS if part in names):
                raise RefusedFileError(
                    f"{name} is protected with a password. Open it in LibreOffice, save it without a "
                    "password and import it again."
                )
            if "content.xml" not in names:
                raise RefusedFileError(f"{name} is a LibreOffice sheet without its content; it is damaged.")
            return FileForm.OPEN_DOCUMENT
        if b"opendocument" in kind:
            raise RefusedFileError(f"{name} is a LibreOffice document, not a workbook.")
    if "word/document.xml" in names:
        raise RefusedFileError(
            f"{name} is a Word document, not a workbook. Copy its table into Excel and save that as .xlsx."
        )
    if any(part.startswith("ppt/") for part in names):
        raise RefusedFileError(f"{name} is a PowerPoint file, not a workbook.")
    if any(part.endswith((".iwa", "Index.zip")) for part in names):
        raise RefusedFileError(
            f"{name} is an Apple Numbers file. Export it from Numbers as Excel (.xlsx) and import that."
        )
    if "xl/workbook.bin" in names:
        raise RefusedFileError(f"{name} is a binary workbook (.xlsb). {_SAVE_AS}")
    if "[Content_Types].xml" not in names or not any(part.endswith("workbook.xml") for part in names):
        raise RefusedFileError(f"{name} is a packed archive without a workbook inside.")
    return FileForm.WORKBOOK


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Unpack every part once, in pieces: prove its size, look for declarations that readers expand."""
    for part in parts:
        if part.filename.lower().endswith(_MEDIA):
            continue
        tail = b""
        cells = 0
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE_BYTES):
                window = tail + piece
                if _DECLARATION.search(window):
                    raise RefusedFileError(
                        f"{name} holds a document type or entity declaration, which no workbook "
                        "needs; it is not read because it could be harmful."
                    )
                cells += piece.count(b"</c>") + piece.count(b":c>")
                if cells > MAX_CELLS:
                    raise RefusedFileError(
                        f"{name} holds more than {MAX_CELLS // 1_000_000} million filled cells on one "
                        "sheet, far more than a day's orders. Copy the rows of the day into a new workbook "
                        "and import that."
                    )
                tail = window[-_OVERLAP_BYTES:]

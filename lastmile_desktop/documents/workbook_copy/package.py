"""The parts of a workbook file: which sheets it has, where they are, and a copy with other parts."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lastmile_desktop.documents.workbook_copy.cells import WORKSHEET_TYPE
from lastmile_desktop.documents.workbook_copy.xml_edit import (
    Element,
    NotExtendableError,
    appended,
    escaped,
    walk,
    with_edits,
)

_TYPES = "[Content_Types].xml"
_ROOT_RELATIONS = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name in the workbook and its part in the package."""

    name: str
    part: str


class Package:
    """An .xlsx or .xlsm file, read only. Use as a context manager; raises NotExtendableError and OSError."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise NotExtendableError("it is no workbook of the .xlsx form") from error
        self._names = set(self._archive.namelist())
        self.workbook = self._target(_ROOT_RELATIONS, "", "/officeDocument")
        folder, name = posixpath.split(self.workbook)
        self._relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        self.sheets = self._sheets()
        self.namespace = self._namespace()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_arguments: object) -> None:
        self._archive.close()

    def part(self, name: str) -> bytes:
        """The content of a part."""
        try:
            return self._archive.read(name)
        except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            raise NotExtendableError("a part of it is damaged") from error

    @property
    def styles(self) -> str:
        """The part with the cell formats."""
        return self._target(self._relations, posixpath.dirname(self.workbook), "/styles")

    def with_sheets(self, sheets: Mapping[str, bytes]) -> dict[str, bytes]:
        """The parts that change when ``sheets`` (name -> worksheet) are put behind the others."""
        names = [self._free_part(number) for number in range(1, len(sheets) + 1)]
        entries = "".join(
            f'<{{p}}Override PartName="/{name}" ContentType="{WORKSHEET_TYPE}"/>' for name in names
        )
        return {
            _TYPES: self._extended(_TYPES, "Types", entries),
            **self._listed(list(sheets), names),
            **dict(zip(names, sheets.values(), strict=True)),
        }

    def write_copy(self, target: Path, changed: Mapping[str, bytes]) -> None:
        """All parts in their order, with ``changed`` ones in place of theirs and new ones at the end."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for info in self._archive.infolist():
                content = changed.get(info.filename)
                copy.writestr(
                    info, self.part(info.filename) if content is None else content, zipfile.ZIP_DEFLATED
                )
            for name, content in changed.items():
                if name not in self._names:
                    copy.writestr(name, content)

    def _sheets(self) -> list[SheetPart]:
        targets = {
            given["Id"]: posixpath.normpath(
                posixpath.join(self._base(given["Target"]), given["Target"].lstrip("/"))
            )
            for given in self._entries(self._relations, "Relationship")
            if "Id" in given and "Target" in given
        }
        found: list[SheetPart] = []
        for given in self._entries(self.workbook, "sheet"):
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            if targets.get(key) in self._names:
                found.append(SheetPart(given.get("name", ""), targets[key]))
        return found

    def _base(self, target: str) -> str:
        return "" if target.startswith("/") else posixpath.dirname(self.workbook)

    def _target(self, relations: str, folder: str, kind: str) -> str:
        for given in self._entries(relations, "Relationship"):
            if given.get("Type", "").endswith(kind):
                target = given.get("Target", "")
                base = "" if target.startswith("/") else folder
                return posixpath.normpath(posixpath.join(base, target.lstrip("/")))
        raise NotExtendableError("a part of it is missing")

    def _entries(self, part: str, local: str) -> list[Mapping[str, str]]:
        found: list[Mapping[str, str]] = []

        def on_start(element: Element) -> None:
            if element.local == local:
                found.append(element.attributes)

        walk(self.part(part), on_start)
        return found

    def _namespace(self) -> str:
        """The workbook's namespace: files in the strict form have another one."""
        found: list[str] = []

        def on_start(element: Element) -> None:
            if element.depth == 0:
                prefix = element.name.rpartition(":")[0]
                found.append(element.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", ""))

        walk(self.part(self.workbook), on_start)
        return found[0]

    def _free_part(self, number: int) -> str:
        folder = posixpath.dirname(self.workbook)
        return (
            f"{folder}/worksheets/lastmile{number}.xml".lstrip("/")
            if not self._taken(number)
            else (self._free_part(number + 100))
        )

    def _taken(self, number: int) -> bool:
        return any(name.endswith(f"/lastmile{number}.xml") for name in self._names)

    def _listed(self, titles: Sequence[str], parts: Sequence[str]) -> dict[str, bytes]:
        relations = self._entries(self._relations, "Relationship")
        kind = next((r["Type"] for r in relations if r.get("Type", "").endswith("/worksheet")), None)
        if kind is None:
            raise NotExtendableError("it has no worksheet")
        keys = [f"lastmile{len(relations) + n}" for n in range(1, len(parts) + 1)]
        entries = "".join(
            f'<{{p}}Relationship Id="{key}" Type="{kind}" Target="/{part}"/>'
            for key, part in zip(keys, parts, strict=True)
        )
        sheets = self._entries(self.workbook, "sheet")
        attribute = next(name for name in sheets[0] if name.endswith(":id"))
        first = max(int(sheet.get("sheetId", "0")) for sheet in sheets) + 1
        listed = "".join(
            f'<{{p}}sheet name="{escaped(title)}" sheetId="{first + n}" {attribute}="{key}"/>'
            for n, (title, key) in enumerate(zip(titles, keys, strict=True))
        )
        return {
            self._relations: self._extended(self._relations, "Relationships", entries),
            self.workbook: self._extended(self.workbook, "sheets", listed),
        }

    def _extended(self, name: str, local: str, text: str) -> bytes:
        """A part with ``text`` at the end of its first ``local`` element; "{p}" is that element's prefix."""
        part = self.part(name)
        found: list[Element] = []
        ends: list[int] = []

        def on_start(element: Element) -> None:
            if element.local == local:
                found.append(element)

        def on_end(ended: str, at: int) -> None:
            if ended == local:
                ends.append(at)

        walk(part, on_start, on_end)
        if not found:
            raise NotExtendableError("a part of it is damaged")
        prefix = found[0].name[: -len(local)]
        return with_edits(part, [appended(part, found[0], ends[0], text.replace("{p}", prefix))])

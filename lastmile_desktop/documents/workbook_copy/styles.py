"""Adding cell formats to a workbook's own: theirs keep their numbers, ours come behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lastmile_desktop.documents.workbook_copy.xml_edit import (
    Edit,
    Element,
    NotExtendableError,
    appended,
    tag_end,
    walk,
    with_attribute,
    with_edits,
)

_FIRST_OWN_FORMAT = 164
_TEXT, _HOURS = 49, 20
_FORMATS = {
    "decimal": "#,##0.0##", "km": "#,##0.0", "money": "#,##0.00", "span": "[h]:mm", "clock": "hh:mm",
    "clock_next": 'hh:mm" +1"',
}  # fmt: skip
_FONTS = {
    "bold": '<{p}font><{p}b/><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    "title": '<{p}font><{p}b/><{p}sz val="16"/><{p}name val="Calibri"/></{p}font>',
    "muted": '<{p}font><{p}sz val="10"/><{p}color rgb="FF5A6676"/><{p}name val="Calibri"/></{p}font>',
}
_TOP, _WRAPPED = 'vertical="top"', 'vertical="top" wrapText="1"'


class Styles:
    """The styles part of a workbook, and what is to be added to it."""

    def __init__(self, part: bytes) -> None:
        """Raises NotExtendableError for a part without cell formats."""
        self._part = part
        self._elements: dict[str, tuple[Element, int]] = {}
        self._formats: list[tuple[int, int]] = []
        self._highest = _FIRST_OWN_FORMAT - 1
        self._read()
        if "cellXfs" not in self._elements or "fonts" not in self._elements:
            raise NotExtendableError("it has no cell formats")
        name = self._elements["styleSheet"][0].name
        self._prefix = name[: -len("styleSheet")]
        self._first_font = self._count("fonts")
        self._added: list[str] = []
        self._number: dict[str, int] = {}
        self._copies: dict[tuple[int, str], int] = {}
        self.own = self._own_styles()

    def like(self, style: int, kind: str) -> int:
        """The number of a format that looks like theirs number ``style`` and shows a ``kind`` of value.

        ``kind``: "text", "count" or "clock".
        """
        if not 0 <= style < len(self._formats):
            return self.own[kind]
        if (style, kind) not in self._copies:
            start, end = self._formats[style]
            xf = self._part[start:end].decode("utf-8")
            tag, rest = xf[: (cut := xf.index(">") + 1)], xf[cut:]
            number = {"text": _TEXT, "count": 0}.get(kind, self._numbers().get(kind, _HOURS))
            tag = with_attribute(with_attribute(tag, "numFmtId", str(number)), "applyNumberFormat", "1")
            self._copies[style, kind] = self._add(tag + rest)
        return self._copies[style, kind]

    def part(self) -> bytes:
        """The part with everything added."""
        prefix, part = self._prefix, self._part
        fonts = "".join(font.format(p=prefix) for font in _FONTS.values())
        numbers = "".join(
            f'<{prefix}numFmt numFmtId="{number}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
            for (name, code), number in zip(_FORMATS.items(), self._numbers().values(), strict=True)
        )
        edits = [
            *self._grown("fonts", fonts, len(_FONTS)),
            *self._grown("cellXfs", "".join(self._added), len(self._added)),
        ]
        if "numFmts" in self._elements:
            edits += self._grown("numFmts", numbers, len(_FORMATS))
        else:
            after = tag_end(part, self._elements["styleSheet"][0].start)
            text = f'<{prefix}numFmts count="{len(_FORMATS)}">{numbers}</{prefix}numFmts>'
            edits.append(Edit(after, after, text))
        return with_edits(part, edits)

    def _read(self) -> None:
        open_elements: list[Element] = []

        def on_start(element: Element) -> None:
            open_elements.append(element)
            if element.local == "numFmt":
                self._highest = max(self._highest, int(element.attributes.get("numFmtId", "0")))

        def on_end(local: str, at: int) -> None:
            element = open_elements.pop()
            if element.depth <= 1 and local not in self._elements:
                self._elements[local] = (element, at)
            if local == "xf" and open_elements and open_elements[-1].local == "cellXfs":
                self._formats.append((element.start, tag_end(self._part, at)))

        walk(self._part, on_start, on_end)
        if "styleSheet" not in self._elements:
            raise NotExtendableError("its formats are damaged")

    def _count(self, local: str) -> int:
        element, end = self._elements[local]
        names = {"fonts": "font", "cellXfs": "xf"}
        inside = self._part[element.start : end]
        return len(re.findall(rb"<" + f"{self._prefix}{names[local]}".encode() + rb"[\s/>]", inside))

    def _numbers(self) -> dict[str, int]:
        return {name: self._highest + n for n, name in enumerate(_FORMATS, start=1)}

    def _add(self, xf: str) -> int:
        self._added.append(xf)
        return len(self._formats) + len(self._added) - 1

    def _own_styles(self) -> Mapping[str, int]:
        fonts = {name: self._first_font + n for n, name in enumerate(_FONTS)}
        numbers = self._numbers()

        def xf(font: int, number: int, alignment: str) -> int:
            p = self._prefix
            inside = f"<{p}alignment {alignment}/>" if alignment else ""
            return self._add(
                f'<{p}xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
                f'applyNumberFormat="1" applyFont="1" applyAlignment="1">{inside}</{p}xf>'
            )

        styles = {
            "text": xf(0, _TEXT, _WRAPPED),
            "count": xf(0, 0, _TOP),
            "head": xf(fonts["bold"], _TEXT, 'vertical="center"'),
            "head_right": xf(fonts["bold"], _TEXT, 'vertical="center" horizontal="right"'),
            "title": xf(fonts["title"], _TEXT, ""),
            "remark": xf(fonts["muted"], _TEXT, ""),
        }
        return styles | {name: xf(0, number, _TOP) for name, number in numbers.items()}

    def _grown(self, local: str, text: str, by: int) -> list[Edit]:
        """Children added to a list that says how many it has."""
        element, end = self._elements[local]
        grown = appended(self._part, element, end, text)
        if grown.start == element.start:
            return [grown]
        after = tag_end(self._part, element.start)
        tag = self._part[element.start : after].decode("utf-8")
        if "count" not in element.attributes:
            return [grown]
        count = int(element.attributes["count"]) + by
        return [Edit(element.start, after, with_attribute(tag, "count", str(count))), grown]

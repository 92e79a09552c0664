"""Our icons, drawn by hand as SVG, in the colours of the theme, and drawn again when the theme changes."""

from __future__ import annotations

import weakref
from functools import cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lastmile_desktop.system.resources import resource_path
from lastmile_desktop.ui import theme

_SIZES_PX = (16, 24, 32)


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None: ...


def pixmap(name: str, colour: str, size_px: int, scale: float = 1.0) -> QPixmap:
    """The icon ``name`` in a colour ("#rrggbb"), ``size_px`` wide, for a screen of this scale."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    image = QPixmap(round(size_px * scale), round(size_px * scale))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def icon(name: str, role: str = "text") -> QIcon:
    """The icon in the colour that ``role`` has in the theme that holds now."""
    return _icon(name, getattr(theme.current(), role), theme.current().border)


def set_icon(target: HasIcon, name: str, role: str = "text") -> None:
    """Give a button or an action its icon, and keep it in the theme's colours."""
    _painted().add(target, name, role)


def application_icon() -> QIcon:
    """The program's own icon."""
    result = QIcon()
    for size_px in (16, 32, 48, 128, 256):
        result.addPixmap(pixmap("lastmile", "#000000", size_px))
    return result


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    result = QIcon()
    for size_px in _SIZES_PX:
        for scale in (1.0, 2.0):
            result.addPixmap(pixmap(name, colour, size_px, scale), QIcon.Mode.Normal)
            result.addPixmap(pixmap(name, disabled, size_px, scale), QIcon.Mode.Disabled)
    return result


class _Painted(QObject):
    """Remembers who shows which icon; forgets who is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: weakref.WeakKeyDictionary[QObject, tuple[str, str]] = weakref.WeakKeyDictionary()
        theme.watcher().changed.connect(self._repaint)

    def add(self, target: HasIcon, name: str, role: str) -> None:
        assert isinstance(target, QObject)
        self._targets[target] = (name, role)
        target.setIcon(icon(name, role))

    def _repaint(self) -> None:
        from shiboken6 import isValid

        for target, (name, role) in list(self._targets.items()):
            if isValid(target):
                target.setIcon(icon(name, role))  # type: ignore[attr-defined]


@cache
def _painted() -> _Painted:
    return _Painted()

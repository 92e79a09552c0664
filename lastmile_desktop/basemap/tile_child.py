"""The process that paints tiles. This module imports no Qt, so that starting the process is quick."""

from __future__ import annotations

import os
import sqlite3
import sys
from multiprocessing.connection import Connection
from pathlib import Path

#: First and last zoom at which tiles are painted; beyond them the map page enlarges or shows nothing.
REGION_ZOOMS = (6, 18)


def serve_tiles(connection: Connection, region: str) -> None:
    """Answer (zoom, x, y, look, scale) with the PNG, b"" when there is none; until the other end goes."""
    # A painter has no place in the Dock of macOS, and on Linux no screen is needed.
    os.environ.setdefault("QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM", "1")
    arguments = ["tiles"]
    if sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM"):
        arguments += ["-platform", "offscreen"]

    from PySide6.QtGui import QGuiApplication

    from lastmile_desktop.basemap.tiles import TilePainter

    application = QGuiApplication(arguments)
    painter: TilePainter | None = None
    while application is not None:
        zoom, x, y, look, scale = connection.recv()
        try:
            painter = painter or TilePainter(Path(region))
            picture = painter.tile(zoom, x, y, look=look, scale=scale)
        except (sqlite3.Error, ValueError, KeyError, OSError):
            picture = b""
        connection.send(picture)

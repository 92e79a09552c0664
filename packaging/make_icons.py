"""Draw the Windows and macOS icon files from our one SVG. Generated at build time, never committed.

`python packaging/make_icons.py FOLDER` writes lastmile.ico, lastmile.icns and lastmile.png there.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SVG = ROOT / "resources" / "icons" / "lastmile.svg"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def png(size: int) -> bytes:
    """The icon as a PNG of size x size pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise RuntimeError(f"Qt could not write a PNG of {size} pixels")
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon file: a directory of PNG pictures by pixel size (0 in a size field means 256)."""
    offset = 6 + 16 * len(pictures)
    entries, body = b"", b""
    for size, picture in pictures.items():
        entries += struct.pack(
            "<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset + len(body)
        )
        body += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + body


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """A macOS icon file: tagged PNG pictures behind a length."""
    body = b"".join(tag + struct.pack(">I", 8 + len(data)) + data for tag, data in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_icons(folder: Path) -> None:
    """Write all three files into `folder`, made if needed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lastmile.png").write_bytes(png(256))
    (folder / "lastmile.ico").write_bytes(ico({size: png(size) for size in ICO_SIZES}))
    (folder / "lastmile.icns").write_bytes(icns({tag: png(size) for tag, size in ICNS_TYPES.items()}))
    application.shutdown()


if __name__ == "__main__":
    write_icons(Path(sys.argv[1]))

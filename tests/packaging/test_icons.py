"""The icon files are drawn from one SVG at build time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    command = [sys.executable, str(ROOT / "packaging" / "make_icons.py"), str(folder)]
    subprocess.run(command, check=True)
    return folder


@pytest.mark.parametrize("name", ["lastmile.png", "lastmile.ico", "lastmile.icns"])
def test_the_file_is_a_picture_that_is_not_blank(icons: Path, name: str) -> None:
    picture = QImage(str(icons / name))
    assert not picture.isNull()
    assert picture.pixelColor(0, 0).alpha() == 0
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 3)
    assert middle.alpha() == 255


def test_the_windows_icon_has_every_size(icons: Path) -> None:
    data = (icons / "lastmile.ico").read_bytes()
    count = int.from_bytes(data[4:6], "little")
    assert [data[6 + 16 * n] or 256 for n in range(count)] == [16, 24, 32, 48, 64, 128, 256]

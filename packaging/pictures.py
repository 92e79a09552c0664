"""Make the pictures of the README and the user guide: `python packaging/pictures.py`, inside .venv.

Plans the bundled sample, opens the window on it (under Xvfb where there is no display) and paints the first
page of a driver's manifest. Look at the result before committing it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SECONDS = "10"
PAGE_WIDTH = 900


def plan_sample(folder: Path) -> None:
    """Run the demo with its window; leaves outputs and window.png there. Raises CalledProcessError."""
    command = [sys.executable, "-m", "lastmile_desktop", "demo", "--out", str(folder)]
    command += ["--seconds", SECONDS, "--quit-when-done"]
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
        command = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", *command]
    environment = {**os.environ, "LASTMILE_HOME": str(folder / "data")}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        environment.setdefault(
            "QTWEBENGINE_DISABLE_SANDBOX", "1"
        )  # Chromium refuses to run sandboxed as root
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def paint_page(pdf: Path, picture: Path) -> None:
    """The PDF's first page as a PNG of PAGE_WIDTH pixels, on white."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtPdf import QPdfDocument

    application = QGuiApplication([])
    document = QPdfDocument(application)
    document.load(str(pdf))
    size = document.pagePointSize(0)
    pixels = QSize(PAGE_WIDTH, round(PAGE_WIDTH * size.height() / size.width()))
    page = QImage(pixels, QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, pixels))
    painter.end()
    page.save(str(picture))
    document.close()
    application.shutdown()


def check_a_sheet(folder: Path, picture: Path) -> None:
    """The page on which a messy sheet is checked, in a window of its own. Raises CalledProcessError."""
    script = Path(__file__).with_name("import_picture.py")
    environment = {**os.environ, "LASTMILE_HOME": str(folder / "data"), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, str(script), str(picture)], cwd=ROOT, env=environment, check=True)


def main() -> int:
    """Make all pictures; returns the exit code."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan_sample(folder)
        shutil.copyfile(folder / "window.png", PICTURES / "window.png")
        paint_page(folder / "manifests.pdf", PICTURES / "manifest.png")
        check_a_sheet(folder, PICTURES / "import.png")
    print(f"Written: {PICTURES / 'window.png'}, manifest.png and import.png")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

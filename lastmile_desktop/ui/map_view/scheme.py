"""What the web engine must be told before it starts. Importing this module imports no web engine.

A scheme must be registered before the first WebEngine object is made; that may well be after the window is
on the screen, as long as the shared OpenGL contexts were asked for before the application was made.
"""

from __future__ import annotations

import os
from functools import cache

from PySide6.QtCore import QCoreApplication, Qt

SCHEME = "lastmile"
#: Lets the page collect its garbage: Qt's renderer does not by itself and grows by megabytes an update.
_EXPOSE_GC = "--js-flags=--expose-gc"
_FLAGS_VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"


def prepare_web_engine() -> None:
    """Set what must be set before the QApplication is made. Cheap: no web engine is imported."""
    flags = os.environ.get(_FLAGS_VARIABLE, "")
    if _EXPOSE_GC not in flags:
        os.environ[_FLAGS_VARIABLE] = f"{flags} {_EXPOSE_GC}".strip()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@cache
def register_scheme() -> None:
    """Register ``lastmile://`` once, before any page or profile is made; the map does so by itself.

    Imports WebEngineCore (about 0.1 s), so the start-up calls only ``prepare_web_engine``.
    The flags leave LocalScheme out: with it the page could read files of this computer.
    """
    from PySide6.QtWebEngineCore import QWebEngineUrlScheme

    flags = QWebEngineUrlScheme.Flag
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(flags.SecureScheme | flags.CorsEnabled | flags.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)

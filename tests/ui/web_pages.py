"""Talking to a real web page in a test, with a limit on every wait."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

#: Generous: the machine may be busy.
LIMIT_MS = 60_000


def wait_for(condition: Callable[[], bool], what: str, limit_ms: int = LIMIT_MS) -> None:
    """Run the event loop until ``condition()``; fail with ``what`` when it does not come about."""
    loop = QEventLoop()
    poll = QTimer()
    poll.timeout.connect(lambda: loop.quit() if condition() else None)
    poll.start(10)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    late.start(limit_ms)
    if not condition():
        loop.exec()
    assert condition(), f"did not happen: {what}"


def pause(ms: int) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def evaluate(page: Any, script: str) -> Any:
    """The value of a JavaScript expression in ``page``, by way of JSON."""
    answers: list[Any] = []
    page.runJavaScript(f"JSON.stringify({script})", 0, answers.append)
    wait_for(lambda: bool(answers), f"an answer to {script[:60]}")
    return json.loads(answers[0]) if answers[0] else None


def run(page: Any, script: str) -> None:
    """Run statements in ``page``; returns when they have run."""
    evaluate(page, f"(function () {{ {script}; return true; }})()")

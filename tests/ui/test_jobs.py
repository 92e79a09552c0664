"""Work runs on other threads, and all that is heard of it is heard on the GUI thread."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from lastmile_desktop.ui.jobs import Job, Jobs


def test_thousands_of_short_jobs_all_come_back(qtbot: QtBot) -> None:
    """A job that was deleted while its worker was still inside its last signal crashed the program."""
    jobs = Jobs()
    done: list[int] = []
    threads: set[int] = set()

    def finished(number: int) -> None:
        done.append(number)
        threads.add(threading.get_ident())

    for number in range(3000):
        jobs.run(lambda _job, number=number: number, finished, lambda error: None)
    qtbot.waitUntil(lambda: not jobs.busy, timeout=30_000)
    jobs.close()
    assert sorted(done) == list(range(3000))
    assert threads == {threading.get_ident()}


def test_progress_comes_before_the_result_and_errors_are_handed_over(qtbot: QtBot) -> None:
    jobs = Jobs()
    heard: list[object] = []

    def counts(job: Job) -> str:
        for number in range(3):
            job.report(number)
        return "result"

    def fails(_job: Job) -> None:
        raise ValueError("no such sheet")

    jobs.run(counts, heard.append, heard.append, heard.append)
    qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert heard == [0, 1, 2, "result"]
    jobs.run(fails, heard.append, lambda error: heard.append(str(error)))
    qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert heard[-1] == "no such sheet"
    jobs.close()


def test_closing_cancels_waits_and_calls_nobody_back(qtbot: QtBot) -> None:
    jobs = Jobs()
    called: list[object] = []
    running = threading.Event()
    ended = threading.Event()

    def waits(job: Job) -> None:
        running.set()
        while not job.should_stop():
            threading.Event().wait(0.01)
        ended.set()

    jobs.run(waits, called.append, called.append)
    assert running.wait(10)
    jobs.close()
    assert ended.is_set()
    jobs.run(lambda _job: "late", called.append, called.append)
    qtbot.wait(50)
    assert called == []

"""The entry script: quick when nothing changed, passes everything on, and says what failed."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="the stand-in program is a shell script")


def load(folder: Path) -> ModuleType:
    """dev.py as a module that takes `folder` for the project."""
    spec = importlib.util.spec_from_file_location("dev_under_test", folder / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what decides the set-up, in a folder with a space and an accent in its name."""
    folder = tmp_path / "zwei Wörter"
    folder.mkdir()
    for name in load(ROOT).INPUTS:
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def ready_project(project: Path) -> Path:
    """The copy with a set-up that is complete, and a program that tells what it was given."""
    dev = load(project)
    dev.SCRIPTS.mkdir(parents=True)
    program = dev.SCRIPTS / "lastmile"
    program.write_text('#!/bin/sh\necho "$# $*"\nexit 4\n')
    program.chmod(0o755)
    dev.LEAFLET.mkdir(parents=True)
    (dev.LEAFLET / "leaflet.js").write_text("")
    dev.SAMPLE_REGION.parent.mkdir(parents=True)
    dev.SAMPLE_REGION.write_bytes(b"")
    stamp = {"fingerprint": dev.fingerprint(), "place": str(project), "extras": ["kernel"]}
    dev.STAMP.write_text(json.dumps(stamp))
    return project


def call(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "dev.py"), *arguments],
        env=environment,
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@posix_only
def test_demo_passes_on_arguments_and_exit_code_in_an_empty_environment(ready_project: Path) -> None:
    answer = call(ready_project, "demo", "--out", "my folder", DISPLAY=":7")
    assert (answer.returncode, answer.stdout) == (4, "3 demo --out my folder\n")


def test_the_locale_is_the_persons_own_where_there_is_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    dev = load(project)
    if sys.platform == "linux":
        assert dev.tool_env()["LANG"] == "C.UTF-8"
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    environment = dev.tool_env()
    assert environment["LANG"] == "de_DE.UTF-8"
    assert "LC_ALL" not in environment


@posix_only
def test_without_a_display_no_window_is_asked_for(ready_project: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("there is always a display")
    answer = call(ready_project, "demo", "--out=x", "--seconds", "2")
    assert answer.stdout == "5 demo --no-window --out=x --seconds 2\n"
    assert "no display" in answer.stderr
    again = call(ready_project, "demo", "--no-window", "--out=x")
    assert again.stdout == "3 demo --no-window --out=x\n"


@posix_only
def test_the_demo_writes_into_an_ignored_folder_unless_told_otherwise(ready_project: Path) -> None:
    answer = call(ready_project, "demo", DISPLAY=":7")
    assert answer.stdout == f"3 demo --out {ready_project / 'out' / 'demo'}\n"
    assert "/out/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@posix_only
@pytest.mark.parametrize(("display", "arguments"), [(":7", []), (":7", ["--no-window"]), ("", [])])
def test_only_root_with_a_window_goes_without_the_sandbox(
    ready_project: Path, display: str, arguments: list[str]
) -> None:
    program = load(ready_project).SCRIPTS / "lastmile"
    program.write_text('#!/bin/sh\necho "sandbox off: ${QTWEBENGINE_DISABLE_SANDBOX:-no}"\n')
    answer = call(ready_project, "demo", *arguments, DISPLAY=display)
    off = sys.platform == "linux" and os.geteuid() == 0 and bool(display) and not arguments
    assert answer.stdout == f"sandbox off: {'1' if off else 'no'}\n"
    assert ("without its sandbox" in answer.stderr) == off


@posix_only
def test_setup_does_nothing_when_nothing_changed(ready_project: Path) -> None:
    dev = load(ready_project)
    dev.setup("demo")
    assert not dev.LOG.exists()


@posix_only
@pytest.mark.parametrize("name", ["constraints.txt", "package-lock.json", "pyproject.toml", "dev.py"])
def test_a_changed_input_changes_the_fingerprint(project: Path, name: str) -> None:
    before = load(project).fingerprint()
    (project / name).write_text((project / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load(project).fingerprint() != before


def test_line_ends_do_not_change_the_fingerprint(project: Path) -> None:
    before = load(project).fingerprint()
    path = project / "constraints.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(project).fingerprint() == before


def test_a_failed_step_says_what_why_and_what_to_do(project: Path) -> None:
    dev = load(project)
    step = [sys.executable, "-c", "import sys; print('noise'); print('ERROR: no such package'); sys.exit(3)"]
    with pytest.raises(dev.SetupFailed) as failure:
        dev.run(step, "Installing the tea", "Boil water, then try again.")
    text = str(failure.value)
    assert text.startswith("Installing the tea failed:\n  ERROR: no such package\nBoil water")
    assert str(dev.LOG) in text
    assert "noise" not in text
    assert "noise" in dev.LOG.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("WARNING: ... [Errno -3] Temporary failure in name resolution", "could not reach"),
        ("npm error code ENOTFOUND", "could not reach"),
        ("WARNING: SSLError(CERTIFICATE_VERIFY_FAILED)", "is not trusted"),
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
    ],
)
def test_a_common_cause_is_named_first(project: Path, line: str, cause: str) -> None:
    told = load(project).telling_lines([line, "ERROR: Cannot install pip because of conflicts."])
    assert cause in told[0]
    assert told[-1] == "ERROR: Cannot install pip because of conflicts."


def test_a_program_that_is_not_there_is_a_failed_step(project: Path) -> None:
    dev = load(project)
    with pytest.raises(dev.SetupFailed, match="could not be started"):
        dev.run([str(project / "nowhere")], "Starting nothing", "Look again.")


def test_a_failed_setup_ends_in_a_sentence_and_code_1(project: Path) -> None:
    """Nothing can be written where .venv should be; no traceback reaches the person."""
    (project / ".venv").write_text("in the way")
    answer = call(project, "setup", LASTMILE_SKIP_SYSTEM_PACKAGES="1")
    assert answer.returncode == 1
    assert "Set-up stopped" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("arguments", [(), ("dance",)])
def test_an_unknown_verb_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    answer = call(ROOT, *arguments)
    assert answer.returncode == 2
    assert "dev.py demo" in answer.stderr


def test_only_the_standard_library(project: Path) -> None:
    """It runs before anything is installed."""
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({str(project / 'dev.py')!r})"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr

"""The C sources under sanitizers, over the malformed and random problems.

Undefined behaviour is watched by the compiler that set-up installs, memory by the system's ``cc`` (gcc's
AddressSanitizer, with gaps between the parts of the arena). Where LASTMILE_SANITIZERS is set, as in CI on
Linux, a compiler without it is a failure and not a skipped test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lastmile_desktop.engine.kernel import build as building

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
_FLAGS = ("-std=c99", "-O1", "-g", "-fno-omit-frame-pointer", "-ffp-contract=off", "-shared")
_UNDEFINED = ("-fsanitize=undefined", "-fno-sanitize-recover=all")


@pytest.fixture(scope="module")
def undefined(tmp_path_factory):
    """The kernel with checks for undefined behaviour, by the compiler of the ordinary build."""
    if os.name == "nt":
        pytest.skip("the checks are not built for Windows; the C sources are the same")
    folder = tmp_path_factory.mktemp("undefined")
    command = building.compiler(building.system_tag())
    # With the whole runtime: a report, not just the end of the process.
    checks = (*_UNDEFINED, "-fno-sanitize-trap=all") if "ziglang" in command else _UNDEFINED
    building.compile_sources([*command, *_FLAGS, *checks], folder / "kernel.so", folder)
    return folder / "kernel.so", {}


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    """The kernel with checks of every access to memory, and the runtime that Python must be started with."""
    runtime = _runtime()
    if runtime is None:
        if os.environ.get("LASTMILE_SANITIZERS"):
            pytest.fail("there is no cc with AddressSanitizer here: install gcc")
        pytest.skip("there is no cc with AddressSanitizer here")
    folder = tmp_path_factory.mktemp("memory")
    command = ["cc", "-fPIC", *_FLAGS, "-fsanitize=address", *_UNDEFINED]
    building.compile_sources(command, folder / "kernel.so", folder)
    # Python itself keeps memory until its end, which is no leak of ours.
    options = "detect_leaks=0:halt_on_error=1:abort_on_error=0:exitcode=77"
    return folder / "kernel.so", {
        "LD_PRELOAD": str(runtime),
        "ASAN_OPTIONS": options,
        "PYTHONMALLOC": "malloc",
    }


def _runtime():
    if not sys.platform.startswith("linux") or shutil.which("cc") is None:
        return None
    answer = subprocess.run(
        ["cc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return Path(answer) if os.path.isabs(answer) and Path(answer).exists() else None


def run(build, what):
    library, settings = build
    return subprocess.run(
        [sys.executable, "-m", "tests.engine.kernel.sanitized", str(library), what],
        cwd=ROOT,
        env={**os.environ, "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1", **settings},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def assert_clean(answer):
    said = answer.stderr[-4000:]
    assert answer.returncode == 0, said
    assert "runtime error" not in said
    assert "Sanitizer" not in said
    assert int(answer.stdout) > 500


def test_no_undefined_behaviour(undefined):
    assert_clean(run(undefined, "search"))


def test_undefined_behaviour_would_be_noticed(undefined):
    answer = run(undefined, "misaligned")
    assert answer.returncode != 0
    assert "align" in answer.stderr


def test_no_access_outside_the_memory(memory):
    assert_clean(run(memory, "search"))


def test_an_access_outside_the_memory_would_be_noticed(memory):
    answer = run(memory, "overrun")
    assert answer.returncode == 77
    assert "AddressSanitizer" in answer.stderr

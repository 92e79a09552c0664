"""Building, finding and refusing the shared library."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys

import pytest

from lastmile_desktop.engine.kernel import build as building
from lastmile_desktop.engine.kernel import kernel as loading
from lastmile_desktop.engine.kernel.kernel import Kernel, KernelMissing, load_kernel
from lastmile_desktop.engine.kernel.selftest import self_test, small_problem
from lastmile_desktop.engine.kernel.twin import Twin


def test_the_built_kernel_passes_its_own_test_and_so_does_the_twin():
    kind, reason = load_kernel()
    assert kind is Kernel
    assert reason == ""
    self_test(Twin)


def test_the_struct_is_the_one_the_library_was_built_with(library):
    library = ctypes.CDLL(str(library))
    library.lm_abi.restype = ctypes.c_int64
    assert library.lm_abi() == loading.ABI * 1_000_000 + ctypes.sizeof(loading._Problem)


def test_other_sources_have_another_name(monkeypatch, tmp_path):
    for source in building._sources("*.[ch]"):
        shutil.copy(source, tmp_path)
    name = building.library_path().name
    monkeypatch.setattr(building, "HERE", tmp_path)
    assert building.library_path().name == name
    with (tmp_path / "route.c").open("a", encoding="utf-8") as file:
        file.write("/* changed */\n")
    assert building.library_path().name != name


def test_a_missing_library_is_a_sentence(tmp_path):
    with pytest.raises(KernelMissing, match="not built on this computer"):
        Kernel(small_problem(), 1, library=tmp_path / "kernel.so")


def test_a_damaged_library_is_a_sentence(tmp_path):
    damaged = tmp_path / "kernel.so"
    damaged.write_bytes(b"not a library")
    with pytest.raises(KernelMissing, match="cannot be loaded"):
        Kernel(small_problem(), 1, library=damaged)


def test_a_kernel_that_computes_something_else_fails_the_test():
    class Wrong(Twin):
        def temperature(self, progress):
            return 0

    with pytest.raises(AssertionError, match="found"):
        self_test(Wrong)


def test_without_a_compiler_nothing_is_built(monkeypatch, tmp_path):
    monkeypatch.setattr(building, "BUILD", tmp_path)
    monkeypatch.setattr(building.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(building.shutil, "which", lambda name: None)
    assert building.ensure_built() is None
    with pytest.raises(building.BuildFailed, match="install the package ziglang"):
        building.build()
    assert list(tmp_path.iterdir()) == []


def test_what_the_compiler_refuses_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(building, "BUILD", tmp_path)
    monkeypatch.setattr(building, "compiler", lambda tag: [sys.executable, "-c", "raise SystemExit('no')"])
    with pytest.raises(building.BuildFailed, match="refused the kernel"):
        building.build()
    assert not building.library_path().exists()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tag", sorted(building.TARGETS))
def test_builds_for_every_system(monkeypatch, tmp_path, tag):
    monkeypatch.setattr(building, "BUILD", tmp_path)
    library = building.build(tag)
    assert library.stat().st_size > 10_000
    starts = {"linux": b"\x7fELF", "windows": b"MZ", "macos": b"\xcf\xfa\xed\xfe"}
    assert library.read_bytes().startswith(starts[tag.split("-")[0]])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_undefined_happens_on_random_days(rich, tmp_path):
    """The same days with a kernel that traps on overflow, wrong shifts and indices out of range."""
    command = building.compiler(building.system_tag())
    library = tmp_path / "checked.so"
    flags = ["-std=c99", "-O1", "-g", "-shared", "-ffp-contract=off", "-fsanitize=undefined"]
    building.compile_sources([*command, *flags, "-fsanitize-trap=undefined"], library, tmp_path)
    for seed in range(1000):
        _, _, problem = rich.draw(seed, most_orders=25)
        checked, plain = Kernel(problem, seed, library=library), Kernel(problem, seed)
        for kernel in (checked, plain):
            kernel.run_slice(0.2, steps=60)
        assert checked.units == plain.units


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(shutil.which("gcc") is None, reason="the address sanitizer is the one of gcc")
def test_no_byte_outside_the_arena_is_touched(tmp_path):
    """The loader puts the sanitizer before the interpreter."""
    library = tmp_path / "checked.so"
    flags = ["-std=c99", "-O1", "-g", "-shared", "-fPIC", "-fsanitize=address", "-fno-omit-frame-pointer"]
    building.compile_sources(["gcc", *flags], library, tmp_path)
    preload = subprocess.run(
        ["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
    )
    code = (
        "import sys; from pathlib import Path\n"
        "from lastmile_desktop.engine.kernel.kernel import Kernel\n"
        "from lastmile_desktop.engine.kernel.selftest import small_problem, KNOWN\n"
        "for seed in range(200):\n"
        "    kernel = Kernel(small_problem(), seed, library=Path(sys.argv[1]))\n"
        "    kernel.run_slice(0.3, steps=300)\n"
        "print('done', kernel.steps)\n"
    )
    environment = {
        "LD_PRELOAD": preload.stdout.strip(),
        "ASAN_OPTIONS": "detect_leaks=0",
        "PYTHONMALLOC": "malloc",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(library)],
        env=environment,
        cwd=building.HERE.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "done 300\n"), done.stderr[-2000:]

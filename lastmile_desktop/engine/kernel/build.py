"""Builds the kernel's shared library from its C sources; run once at set-up time, never while planning.

``python -m lastmile_desktop.engine.kernel.build [target ...]``. The compiler is the one in the ``ziglang``
package (nothing is fetched; it builds for every system from any system), or ``cc`` where that is missing. The
name of the library holds a hash of the sources and flags, so that a library of older sources is never loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE / "_build"
#: System tag -> target of the compiler. Named targets give code for any processor of the family, and a C
#: library old enough for every system that the program supports.
TARGETS = {
    "linux-x86_64": "x86_64-linux-gnu.2.28",
    "linux-aarch64": "aarch64-linux-gnu.2.28",
    "windows-x86_64": "x86_64-windows-gnu",
    "macos-x86_64": "x86_64-macos",
    "macos-aarch64": "aarch64-macos",
}
_SUFFIX = {"linux": ".so", "windows": ".dll", "macos": ".dylib"}
#: No contraction to fused operations: the last bit of a sum must be the same on every system.
FLAGS = ("-std=c99", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-shared", "-g0")
_TIMEOUT_S = 300


class BuildFailed(Exception):
    """The compiler refused or is missing; the text says what it said."""


def system_tag() -> str:
    """This computer among the keys of TARGETS, or a name that is not among them."""
    system = {"Darwin": "macos"}.get(platform.system(), platform.system().lower())
    machine = platform.machine().lower()
    return f"{system}-{ {'amd64': 'x86_64', 'arm64': 'aarch64'}.get(machine, machine) }"


def library_path(tag: str | None = None) -> Path:
    """Where the library of the present sources belongs, whether it is there or not."""
    tag = tag or system_tag()
    digest = hashlib.sha256(repr(FLAGS).encode())
    for source in _sources("*.[ch]"):
        # Line ends differ by how git checked the file out.
        digest.update(source.name.encode() + b"\0" + source.read_bytes().replace(b"\r\n", b"\n"))
    suffix = _SUFFIX.get(tag.split("-")[0], ".so")
    return BUILD / tag / f"kernel-{digest.hexdigest()[:16]}{suffix}"


def ensure_built(tag: str | None = None) -> Path | None:
    """The library for ``tag`` (default: this computer), built when missing; None when that fails."""
    try:
        return build(tag)
    except BuildFailed:
        return None


def build(tag: str | None = None) -> Path:
    """As ``ensure_built``, but raises BuildFailed with the reason."""
    tag = tag or system_tag()
    library = library_path(tag)
    if library.exists():
        return library
    command = compiler(tag)
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.parent) as scratch:
            made = Path(scratch) / library.name
            compile_sources([*command, *FLAGS], made, Path(scratch))
            made.replace(library)
    except OSError as error:
        raise BuildFailed(f"The library could not be written: {error}.") from error
    for old in library.parent.glob("kernel-*"):
        # Another process may still have an old one open (Windows); it is never loaded again anyway.
        if old != library:
            old.unlink(missing_ok=True) if os.name != "nt" else None
    return library


def compiler(tag: str) -> list[str]:
    """The beginning of the compiler's command line for ``tag``. Raises BuildFailed when there is none."""
    if tag in TARGETS and importlib.util.find_spec("ziglang") is not None:
        return [sys.executable, "-m", "ziglang", "cc", "-target", TARGETS[tag]]
    native = shutil.which("cc") if tag == system_tag() else None
    if native is None:
        raise BuildFailed(f"There is no compiler for {tag}: install the package ziglang.")
    return [native, "-fPIC"]


def compile_sources(command: list[str], output: Path, scratch: Path) -> None:
    """Run the compiler on all sources. Raises BuildFailed."""
    # The compiler's caches go where they are thrown away, not into the user's home.
    caches = {name: str(scratch / "cache") for name in ("ZIG_LOCAL_CACHE_DIR", "ZIG_GLOBAL_CACHE_DIR")}
    arguments = [*command, "-o", str(output), *(str(source) for source in _sources("*.c"))]
    try:
        done = subprocess.run(
            arguments,
            env={**os.environ, **caches},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildFailed(f"The compiler could not be run: {error}.") from error
    if done.returncode or not output.exists():
        raise BuildFailed(f"The compiler refused the kernel: {done.stderr.strip()[-2000:]}")


def _sources(pattern: str) -> list[Path]:
    return sorted(HERE.glob(pattern))


def main(tags: list[str]) -> int:
    """Build for the tags given (default: this computer); the exit code is 1 when one fails."""
    for tag in tags or [system_tag()]:
        try:
            sys.stdout.write(f"{build(tag)}\n")
        except BuildFailed as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

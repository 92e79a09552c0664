"""Builds the library that prices routes (the C files here) with the compiler and flags of the search kernel.

``python -m lastmile_desktop.engine.bounds.build [target ...]``, once at set-up time. It is a library of its
own, so that the kernel, which every plan needs, never waits for it or fails with it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from lastmile_desktop.engine.kernel.build import FLAGS, BuildFailed, compiler, system_tag

HERE = Path(__file__).resolve().parent
BUILD = HERE / "_build"
_SUFFIX = {"linux": ".so", "windows": ".dll", "macos": ".dylib"}
_TIMEOUT_S = 300


def library_path(tag: str | None = None) -> Path:
    """Where the library of the present source belongs, whether it is there or not."""
    tag = tag or system_tag()
    # Line ends differ by how git checked the file out.
    text = b"".join(source.read_bytes().replace(b"\r\n", b"\n") for source in _sources())
    digest = hashlib.sha256(repr(FLAGS).encode() + text).hexdigest()
    return BUILD / tag / f"price-{digest[:16]}{_SUFFIX.get(tag.split('-')[0], '.so')}"


def build(tag: str | None = None) -> Path:
    """The library for ``tag`` (default: this computer), built when missing. Raises BuildFailed."""
    tag = tag or system_tag()
    library = library_path(tag)
    if library.exists():
        return library
    command = compiler(tag)
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.parent) as scratch:
            made = Path(scratch) / library.name
            _compile([*command, *FLAGS], made, Path(scratch))
            made.replace(library)
    except OSError as error:
        raise BuildFailed(f"The library could not be written: {error}.") from error
    return library


def _sources() -> list[Path]:
    return sorted(HERE.glob("*.c"))


def _compile(command: list[str], output: Path, scratch: Path) -> None:
    # The compiler's caches go where they are thrown away, not into the user's home.
    caches = {name: str(scratch / "cache") for name in ("ZIG_LOCAL_CACHE_DIR", "ZIG_GLOBAL_CACHE_DIR")}
    try:
        done = subprocess.run(
            [*command, "-o", str(output), *map(str, _sources())],
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
        raise BuildFailed(f"The compiler refused the pricing: {done.stderr.strip()[-2000:]}")


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

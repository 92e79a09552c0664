"""Ask the package index whether every pinned package has a wheel for each system we ship for.

`python packaging/check_wheels.py`, inside .venv; it needs the index and downloads nothing but the answers.
The exit code is 1 when a wheel is missing, and each missing one is named.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The tags of PySide6 decide what can be promised: Linux with glibc 2.34, macOS 13. Older ones serve too.
TARGETS = {
    "Windows x64": ["win_amd64"],
    "macOS arm64": ["macosx_13_0_arm64"],
    "Linux x64": [
        "manylinux2014_x86_64",
        *(f"manylinux_2_{minor}_x86_64" for minor in (34, 31, 28, 27, 26, 24, 17)),
    ],
}
PYTHONS = ("3.11", "3.13")


def pins() -> dict[str, str]:
    """Package name (normalised) to pinned version, from constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def direct_names() -> list[str]:
    """Normalised names of what pyproject.toml asks for: what the program needs or can use, what builds it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["build"], *extras["cluster"]]
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted]
    return [re.sub(r"[-_.]+", "-", name).lower() for name in names]


def resolve(requirements: list[str], platforms: list[str], python: str, dependencies: bool) -> str:
    """ "" when pip finds a wheel for all of them, else pip's last words."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"]
    command += [
        "--only-binary=:all:",
        "--target",
        str(ROOT / ".cache" / "wheels"),
        "--python-version",
        python,
    ]
    command += ["--no-input", "-c", str(ROOT / "constraints.txt")]
    for platform in platforms:
        command += ["--platform", platform]
    command += requirements if dependencies else ["--no-deps", *requirements]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        return ""
    errors = [line for line in answer.stderr.splitlines() if line.startswith("ERROR")]
    return (errors or answer.stderr.splitlines() or ["pip said nothing"])[-1]


def main() -> int:
    """Check every target; returns the exit code."""
    pinned = pins()
    missing = 0
    for system, platforms in TARGETS.items():
        for python in PYTHONS:
            wanted = [f"{name}=={pinned[name]}" for name in direct_names()]
            trouble = resolve(wanted, platforms, python, dependencies=True)
            if not trouble:
                print(f"{system}, Python {python}: wheels for {len(wanted)} packages and what they need.")
                continue
            print(f"{system}, Python {python}: {trouble}")
            for requirement in wanted:  # one by one, to name all that are missing and not only the first
                if resolve([requirement], platforms, python, dependencies=False):
                    print(f"  no wheel: {requirement}")
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())

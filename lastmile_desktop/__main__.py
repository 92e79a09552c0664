"""Start-up only: child processes, the command line, or the window."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the result is the exit code of `docs`' headless contract."""
    multiprocessing.freeze_support()
    from lastmile_desktop.cli import run

    return run(list(sys.argv[1:] if arguments is None else arguments))


if __name__ == "__main__":
    sys.exit(main())

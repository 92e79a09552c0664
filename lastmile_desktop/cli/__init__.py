"""The headless commands: parse, call the pipeline, print. The window starts from here too."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lastmile_desktop.cli.commands import window
from lastmile_desktop.cli.console import (
    ABORTED,
    CANNOT_READ,
    NOT_DONE,
    CommandError,
    log_crash,
    log_path,
    log_to_file,
    os_sentence,
    use_utf8,
)
from lastmile_desktop.cli.options import parse


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code. Never raises for what a user can do wrong."""
    use_utf8()
    try:
        options = parse(arguments)
        if options.command is not window:  # the window has a log of its own
            log_to_file()
        return int(options.command(options))
    except CommandError as error:
        print(str(error), file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return ABORTED
    except OSError as error:
        print(os_sentence(error), file=sys.stderr)
        return CANNOT_READ
    except Exception as error:  # noqa: BLE001 - the last boundary: logged, and said in one sentence
        if getattr(error, "for_dispatcher", False):
            print(str(error), file=sys.stderr)
            return CANNOT_READ
        log_crash(error)
        print(
            "Something went wrong inside Lastmile Desktop; nothing of yours was changed. "
            f"The details are in {log_path()}.",
            file=sys.stderr,
        )
        return NOT_DONE

"""Workbooks for people: a template to start from, and the plan in a copy of the user's own sheet."""

from __future__ import annotations

import argparse
from pathlib import Path

from lastmile_desktop.cli.console import (
    CANNOT_READ,
    NOT_DONE,
    OK,
    WRONG_USAGE,
    CommandError,
    folder_sentence,
    say,
)
from lastmile_desktop.model import DayState

TEMPLATE_LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")


def template(options: argparse.Namespace) -> int:
    """Write the template; a file that is there already is not replaced."""
    from lastmile_desktop.documents.template.workbook import write_template

    path: Path = options.out
    if path.suffix.lower() != ".xlsx":
        raise CommandError(WRONG_USAGE, f"{path.name}: the template is a workbook; end its name with .xlsx.")
    if path.exists():
        raise CommandError(NOT_DONE, f"{path} is there already and was left as it is. Choose another name.")
    try:
        write_template(path, options.language)
    except OSError as error:
        raise CommandError(NOT_DONE, folder_sentence(path, error)) from error
    print(path)
    return OK


def write_into(state: DayState, workbook: Path, folder: Path) -> Path:
    """Write a copy of ``workbook`` with the plan in it into ``folder``; gives its path."""
    from lastmile_desktop.documents.workbook_copy.copy import SameFileError
    from lastmile_desktop.pipeline.importing import import_file
    from lastmile_desktop.pipeline.into_workbook import NotTheSheetError, copy_name, write_into_copy

    report = import_file(workbook)
    if not report.ok:
        raise CommandError(CANNOT_READ, report.message)
    target = folder / copy_name(workbook)
    try:
        say(write_into_copy(target, state, workbook, report))
    except NotTheSheetError as error:
        raise CommandError(CANNOT_READ, str(error)) from error
    except SameFileError as error:
        raise CommandError(NOT_DONE, str(error)) from error
    except OSError as error:
        raise CommandError(NOT_DONE, folder_sentence(target, error)) from error
    return target

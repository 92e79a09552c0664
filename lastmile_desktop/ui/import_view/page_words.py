"""What the import page says above and below the sheet."""

from __future__ import annotations

from lastmile_desktop.model import LineKind, wording
from lastmile_desktop.pipeline.import_judgement import Doubts, ImportCounts
from lastmile_desktop.ui.import_view.shown_sheet import Reading

_IGNORED = (
    (LineKind.TITLE, "title"),
    (LineKind.HEADER, "heading"),
    (LineKind.REPEATED_HEADER, "repeated heading"),
    (LineKind.SECTION, "group heading"),
    (LineKind.TOTAL, "total"),
    (LineKind.NOTE, "note"),
    (LineKind.HIDDEN, "hidden"),
)


def count_words(counts: ImportCounts) -> str:
    """ "118 orders ready, 3 need attention, 2 left out, 6 lines ignored": every line of the sheet once."""
    parts = [f"{wording.count(counts.ready, 'order')} ready"]
    for number, one, many in (
        (counts.attention, "needs attention", "need attention"),
        (counts.waiting, "waits for a position", "wait for a position"),
        (counts.left_out, "left out", "left out"),
        (counts.set_aside, "set aside", "set aside"),
        (counts.items, "more line of an order", "more lines of orders"),
        (counts.ignored_lines, "line ignored", "lines ignored"),
    ):
        if number:
            parts.append(f"{number:,} {one if number == 1 else many}")
    return ", ".join(parts)


def lines_words(counts: ImportCounts) -> str:
    """How the counts add up: "129 lines in the sheet; ignored: 2 title, 1 heading, 3 blank"."""
    ignored = [f"{counts.ignored[kind]:,} {word}" for kind, word in _IGNORED if counts.ignored.get(kind)]
    if counts.blank:
        ignored.append(f"{counts.blank:,} blank")
    text = f"{wording.count(counts.lines, 'line')} in the sheet"
    return f"{text}; ignored: {', '.join(ignored)}" if ignored else text


def why_shown(reading: Reading) -> str:
    """Why a person is asked, in one or two sentences."""
    report, doubts = reading.report, reading.doubts
    if not report.ok:
        return report.message
    if not report.orders:
        return "No orders were found. Say which row has the headings, and what the columns hold."
    said = [sentence for sentence in (_columns(doubts), _rows(doubts), _others(doubts)) if sentence]
    attention = reading.counts.attention
    if attention:
        said.append(f"{wording.count(attention, 'order')} {'needs' if attention == 1 else 'need'} a look.")
    if reading.counts.left_out:
        said.append(f"{wording.count(reading.counts.left_out, 'row')} cannot be used as it stands."
                    if reading.counts.left_out == 1
                    else f"{reading.counts.left_out:,} rows cannot be used as they stand.")  # fmt: skip
    return " ".join(said[:3]) or "Everything is clear. Have a look, then take the orders."


def _columns(doubts: Doubts) -> str:
    letters = doubts.unsure_columns
    if not letters:
        return ""
    if len(letters) == 1:
        return f"What column {letters[0]} holds was guessed."
    shown = ", ".join(letters[:6]) + (" and more" if len(letters) > 6 else "")
    return f"What columns {shown} hold was guessed."


def _rows(doubts: Doubts) -> str:
    if not doubts.hidden_rows:
        return ""
    are = "row is" if doubts.hidden_rows == 1 else "rows are"
    return f"{doubts.hidden_rows:,} {are} hidden in the workbook: shall they be taken too?"


def _others(doubts: Doubts) -> str:
    if not doubts.other_sheets:
        return ""
    names = ", ".join(f"“{name}”" for name in doubts.other_sheets[:3])
    return f"Orders may also be on {names}."

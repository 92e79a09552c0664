"""The kinds of problems a sheet can have: what each code means and what a person can do about it.

A problem's own sentence says what happened in that cell; the words here hold for all of its kind. The codes
are stable: programs that read ``inspect --json`` may rely on them.
"""

from __future__ import annotations

from typing import NamedTuple


class ProblemKind(NamedTuple):
    """What a code means, and what to do."""

    meaning: str
    advice: str


PROBLEM_KINDS: dict[str, ProblemKind] = {
    code: ProblemKind(*words)
    for code, words in {
        # a cell that cannot be read with certainty
        "bad_time": (
            "A time, time window or length of time that is impossible or can be read in two ways.",
            "Write times like 09:00-12:00, until 11:00 or from 13:00, and lengths like 5 min.",
        ),
        "other_day": (
            "A time window that names a day which is not the order's.",
            "Write the window without a day, or correct the date of the order.",
        ),
        "bad_number": (
            "An amount that is impossible or can be read in two ways.",
            "Write one number, like 3 or 12.5, with its unit behind it where it needs one.",
        ),
        "bad_date": (
            "A date that does not exist, or that the sheet does not settle.",
            "Write dates like 2026-11-23 or 23.11.2026.",
        ),
        "bad_coords": (
            "A position that is impossible, exchanged, far away or only half there.",
            "Copy the coordinates from a map again: latitude, then longitude, like 51.0543, 3.7174.",
        ),
        "bad_priority": ("A word that is no priority.", "Write high, normal or low."),
        "bad_kind": ("A word that says neither delivery nor pickup.", "Write delivery or pickup."),
        "bad_choice": ("A word that is none of the choices of its column.", "Write one of the words named."),
        "bad_address": (
            "A part of the address that Excel has changed.",
            "Write it again in a cell formatted as text.",
        ),
        "bad_email": ("An e-mail address without its form.", "Correct it if you send messages."),
        "lost_digits": (
            "A number that Excel has shortened or changed, so that digits are lost.",
            "Format the column as text and type or paste the number again.",
        ),
        "formula": (
            "A formula whose result is not stored in the file.",
            "Open the file in Excel, save it and import it again, or type the value.",
        ),
        "cell_error": ("An error such as #N/A instead of a value.", "Mend the formula, or type the value."),
        # an order as a whole
        "missing_location": (
            "Neither an address nor a position, so the order cannot be planned.",
            "Add an address or coordinates.",
        ),
        "waiting_for_position": (
            "An address without a position yet.",
            "Nothing, if the region is loaded; otherwise place it on the map.",
        ),
        "duplicate_id": (
            "An order number that stands in two rows, or a vehicle's name.",
            "Give one of them another number, or delete the row that is there by mistake.",
        ),
        "duplicate_row": (
            "A row without an order number that is an exact copy of another.",
            "Delete it if the order was meant once.",
        ),
        "unknown_order": ("A rule that names an order which is not there.", "Correct the order number."),
        "broken_pair": (
            "A pickup without its delivery, or the other way round.",
            "Give both the same number of the pair, one as pickup and one as delivery.",
        ),
        "several_lines": ("Several lines of the sheet that are one order.", "Nothing, if that is right."),
        # vehicles and depots
        "unknown_depot": ("A place that is no depot of the file.", "Add the depot, or choose one."),
        "missing_capacity": ("A vehicle without a capacity.", "Enter how much it carries."),
        # how something was read
        "urgent": ("As soon as possible: high priority, no window.", "Nothing, if that is right."),
        "day_part": (
            "A part of the day that was turned into hours.",
            "Write the hours if others are meant.",
        ),
        "window_day": ("A window with a day, read without it.", "Nothing, if the day is the planned one."),
        "unused_time": (
            "A time beside a date, which is not used.",
            "Put it into a column of times if it counts.",
        ),
        "position_in_address": (
            "Coordinates or a map link where the address should be.",
            "Add the address for the driver.",
        ),
        "date_order": (
            "Dates in which day and month cannot be told apart.",
            "Choose the order of day and month if the dates are wrong.",
        ),
        "weekday_only": ("A date column with weekdays only.", "Choose the day when planning."),
        "weekday_columns": ("A column for each weekday.", "Keep the rows of the planned day."),
        "several_days": ("Orders for more than one day.", "Choose the day that is planned."),
        "priority_order": ("Priorities as numbers.", "Nothing, if 1 is the most important."),
        # the sheet as a whole
        "unknown_column": ("A column whose heading nobody knows.", "Choose what it holds, or leave it."),
        "unused_column": ("A column that is understood but not used.", "Nothing."),
        "second_column": ("Two columns for the same thing.", "Choose the one that counts."),
        "guessed_columns": (
            "Columns without a heading, found by their contents.",
            "Check them in the preview.",
        ),
        "skipped_row": ("A line that is no order.", "Nothing, if that is right."),
        "item_rows": ("Lines that only add an item to an order.", "Nothing."),
        "hidden_rows": ("Rows that Excel does not show.", "Choose whether they count."),
        "hidden_sheet": ("A sheet that Excel does not show.", "Choose it if it holds the orders."),
        "other_sheet": ("Another sheet that could be meant.", "Choose the sheet with the orders."),
        "amount_columns": (
            "Several columns of amounts, none of them the number of pieces.",
            "Choose the column that counts.",
        ),
        "cancelled": ("The sheet calls the order cancelled.", "Take it out if it is not to be delivered."),
        "lone_text": ("The row holds one text only.", "Take it out if it is a heading."),
        "joined_tables": (
            "Orders from several tables of one sheet.",
            "Check that all of them are to be delivered.",
        ),
        "sparse_town": ("The town is blank in many orders.", "Write it into each row."),
        "joined_sheets": ("Orders from several sheets.", "Choose one sheet if only one counts."),
        "long_row": (
            "A line of a text file with more values than its heading line.",
            "Put values that contain the separator into quotation marks.",
        ),
        "stray_cells": ("Values far from the table, which are not read.", "Delete them."),
        "too_many_rows": ("More rows than can be read.", "Split the file."),
    }.items()
}


def advice_for(code: str) -> str:
    """What a person can do about a problem of this kind."""
    kind = PROBLEM_KINDS.get(code)
    return kind.advice if kind else "Look at the cell."

"""The page on which a person checks a sheet before its orders enter the day."""

from lastmile_desktop.ui.import_view.import_view import ImportView
from lastmile_desktop.ui.import_view.sheet_reader import SheetReader
from lastmile_desktop.ui.import_view.shown_sheet import Reading, reading_of

__all__ = ["ImportView", "Reading", "SheetReader", "reading_of"]

"""The import room: order sheets in, orders, vehicles, depots and remarks out. Cheap to import."""

from lastmile_desktop.sheets.reader import never, read_sheet
from lastmile_desktop.sheets.refusal import ReadCancelled
from lastmile_desktop.sheets.report_json import report_to_json

__all__ = ["ReadCancelled", "never", "read_sheet", "report_to_json"]

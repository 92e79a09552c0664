"""What lasts: the day file, its working copy and journal, and the firm's memory."""

from lastmile_desktop.store.app_settings import AppSettings, DistanceUnit, Theme
from lastmile_desktop.store.backups import backups_of
from lastmile_desktop.store.day_copy import copy_to_new_day
from lastmile_desktop.store.day_file import read_day_file, write_day_file
from lastmile_desktop.store.day_store import DayStore
from lastmile_desktop.store.errors import (
    DayFileChangedError,
    DayFileError,
    DayFileInUseError,
    NewerDayFileError,
)
from lastmile_desktop.store.firm import FirmMemory, Fleet, RecentFile
from lastmile_desktop.store.folders import Folders, app_data_folder, default_folders
from lastmile_desktop.store.journal import Step
from lastmile_desktop.store.working_copy import Recoverable

__all__ = [
    "AppSettings",
    "DayFileChangedError",
    "DayFileError",
    "DayFileInUseError",
    "DayStore",
    "DistanceUnit",
    "FirmMemory",
    "Fleet",
    "Folders",
    "NewerDayFileError",
    "RecentFile",
    "Recoverable",
    "Step",
    "Theme",
    "app_data_folder",
    "backups_of",
    "copy_to_new_day",
    "default_folders",
    "read_day_file",
    "write_day_file",
]

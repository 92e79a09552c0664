"""Where the program keeps its own files: one folder for each user, nothing elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

#: Set to a folder to keep everything there instead (tests, portable use).
HOME_VARIABLE = "LASTMILE_HOME"


def app_data_folder() -> Path:
    """The program's data folder of this user (not created); LASTMILE_HOME overrides it.

    Local, not roaming: a journalled database must not lie on a network share.
    """
    override = os.environ.get(HOME_VARIABLE)
    if override:
        return Path(override).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("Lastmile", appauthor=False, roaming=False))


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders below the data folder. Each is created, private to the user, when it is first asked for.

    Asking raises OSError when the folder cannot be made.
    """

    root: Path

    @property
    def working_copies(self) -> Path:
        """One folder for each open day."""
        return private_folder(self.root / "working")

    @property
    def open_files(self) -> Path:
        """One lock for each of the user's files that is open."""
        return private_folder(self.root / "open-files")

    @property
    def backups(self) -> Path:
        """The last saves of each day file."""
        return private_folder(self.root / "backups")

    @property
    def logs(self) -> Path:
        """Log and crash files."""
        return private_folder(self.root / "logs")

    @property
    def firm_file(self) -> Path:
        """The firm's memory."""
        return private_folder(self.root) / "firm.db"


def default_folders() -> Folders:
    """The folders of this user."""
    return Folders(app_data_folder())


def private_folder(path: Path) -> Path:
    """``path`` as an existing folder that only this user can read (customers' addresses). Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path

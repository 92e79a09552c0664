"""The one way in which a whole file is turned away."""

from __future__ import annotations


class RefusedFileError(Exception):
    """The file cannot be imported; the text is one sentence for a dispatcher that names the file."""


class FilledBlockOffered(RefusedFileError):
    """Refused as it is, but ``ImportOptions.filled_block_only`` would read the table in it."""


class ReadCancelled(Exception):
    """The caller's ``should_stop`` said yes while a file was being read."""

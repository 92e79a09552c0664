"""What can be wrong with a region file or with the extract it is to be made from, as one sentence."""

from __future__ import annotations


class RegionError(Exception):
    """The message is one sentence for the dispatcher: which file, what is wrong, what to do."""

    for_dispatcher = True

"""What results are measured against: published solutions beside the instance, else the best known here."""

from __future__ import annotations

import re
from pathlib import Path

#: In the instance's usual rounding; (cost, where it is from). "best seen": by us or a solver run beside us.
BEST_SEEN: dict[str, tuple[float, str]] = {
    "RC103": (12580, "best seen"),
    "r1_2_1": (47750, "published plan with fewest vehicles"),
    "rc1_2_1": (35958, "published plan with fewest vehicles"),
    "rc1_2_3": (30014, "best seen"),
    "r1_4_3": (77917, "best seen"),
    "rc1_4_1": (85565, "published plan with fewest vehicles"),
    "RC1_10_3": (421219, "published"),
    "cvrp-0-rj-0": (697587, "best seen"),
}


def reference(path: Path, rounding: str) -> tuple[float, str] | None:
    """(cost, where it is from) for an instance file; None when nothing is known.

    The published solution beside the file counts; solutions in DIMACS rounding are printed in whole units.
    """
    if path.stem in BEST_SEEN:
        return BEST_SEEN[path.stem]
    beside = path.with_suffix(".sol")
    if not beside.exists():
        return None
    found = re.search(r"Cost\s*:?\s*([0-9.]+)", beside.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        return None
    cost = float(found[1])
    return (10 * cost if rounding == "dimacs" and "." in found[1] else cost), "published"

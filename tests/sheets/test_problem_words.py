"""Every problem has a code that is known, described and advised on; and carries what a screen needs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import lastmile_desktop.sheets
from lastmile_desktop.sheets.problem_words import PROBLEM_KINDS, advice_for

_ROOM = Path(lastmile_desktop.sheets.__file__).parent
_PAGE = _ROOM.parents[1] / "docs" / "sheets-problems.md"
#: Where in a call the code stands.
_PLACE_OF_CODE = {"attend": 1, "remark": 1, "parse": 2, "sheet_remark": 2, "SheetProblem": 5, "_remark": 1}


def _codes_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = _PLACE_OF_CODE.get(name)
        if place is None or len(node.args) <= place:
            continue
        code = node.args[place]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            found.add(code.value)
    return found


def test_every_code_in_the_room_is_described() -> None:
    """A new kind of problem gets its words at once."""
    used = {code for path in _ROOM.rglob("*.py") for code in _codes_in(path)}
    assert len(used) > 20
    assert used <= set(PROBLEM_KINDS)


def test_the_page_lists_every_code_with_its_words() -> None:
    """docs/sheets-problems.md says the same as the program."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", _PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code: (meaning, advice) for code, meaning, advice in rows} == {
        code: tuple(kind) for code, kind in PROBLEM_KINDS.items()
    }


def test_advice_is_a_sentence() -> None:
    """Short, plain and complete, also for a code of an older day file."""
    for code in (*PROBLEM_KINDS, "unheard_of"):
        assert advice_for(code).endswith(".")
        assert len(advice_for(code)) < 110

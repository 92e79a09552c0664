"""What the documents say is there: links, commands, rooms, licences."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "packaging").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def load(path: Path) -> ModuleType:
    """A script of ours as a module."""
    spec = importlib.util.spec_from_file_location(f"house_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anchors(page: Path) -> set[str]:
    """The anchors that a reader of Markdown makes from the headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> Iterator[tuple[str, str]]:
    """Every line of a code block that calls our own entry script or program."""
    for page in PAGES:
        for block in re.findall(
            r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ):
            for line in block.splitlines():
                words = line.split("  #")[0].split("   ")[0].strip()
                if "dev.py" in words or "lastmile" in words.split(" ")[0]:
                    yield page.name, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found), target


def test_the_read_me_starts_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\npython3 dev.py demo\n" in text
    assert "\npython3 dev.py test " in text
    assert "python3 dev.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_in_the_pages_exists(capsys: pytest.CaptureFixture[str]) -> None:
    from lastmile_desktop.cli.options import parse

    verbs = load(ROOT / "dev.py").EXTRAS
    seen = set()
    for page, line in commands():
        words = line.split()
        if "dev.py" in line:
            verb = words[words.index("dev.py") + 1]
            assert verb in verbs, f"{page}: {line}"
            seen.add(verb)
            continue
        try:
            parse(words[1:])
        except SystemExit as stop:
            pytest.fail(f"{page}: {line}: exit code {stop.code}: {capsys.readouterr().err}")
        seen.add("lastmile")
    assert seen == {*verbs, "lastmile"}


def test_the_architecture_page_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (ROOT / "lastmile_desktop").glob("*/__init__.py")}
    named = set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE))
    assert named == rooms


def test_the_glossary_covers_the_nouns_of_the_model() -> None:
    import lastmile_desktop.model as model

    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    nouns = [re.sub(r"(?<!^)([A-Z])", r" \1", name).lower() for name in model.__all__ if not name.isupper()]
    # Parts of other nouns, which nobody outside the code ever says.
    parts = {"source cell", "sheet summary", "sheet kind", "day state", "day settings", "route orders"}
    parts |= {"route timetable", "travel matrix", "travel model", "violation", "order kind", "visit kind"}
    parts |= {"unassigned reason"}
    assert [noun for noun in nouns if noun not in parts and f"**{noun}**" not in text] == []


@pytest.mark.skipif(sys.platform != "linux", reason="the packages of the other systems differ in small ways")
def test_the_table_of_licences_is_what_is_installed() -> None:
    licences = load(ROOT / "packaging" / "licences.py")
    text = licences.PAGE.read_text(encoding="utf-8")
    assert licences.table() in text, "run packaging/licences.py"
    assert "not stated" not in licences.table()


def test_no_copyleft_that_would_bind_the_program() -> None:
    rows = load(ROOT / "packaging" / "licences.py").table().splitlines()[2:]
    strict = [row for row in rows if re.search(r"\bA?GPL", row) and "LGPL" not in row]
    assert strict == []
    assert len(rows) > 20

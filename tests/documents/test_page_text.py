"""Sheet text is made fit for paper and cells without losing what it says."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from lastmile_desktop.documents.page_text import long_date, one_line, printable, short_date
from lastmile_desktop.documents.sheet_names import SheetNames

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates and control characters too


def test_dates_do_not_follow_the_locale() -> None:
    assert long_date(date(2026, 11, 23)) == "Monday 23 November 2026"
    assert short_date(date(2026, 3, 1)) == "Sun 1 Mar 2026"


def test_words_of_every_script_stay() -> None:
    for text in ("Zażółć Gęślą", "Αθήνα", "北京 88 号", "مخبز الزيتون", "=HYPERLINK(1)", "👍🏽 ok"):
        assert printable(text) == text


def test_line_breaks_become_one_kind_and_hidden_directions_go() -> None:
    assert printable("a\r\nb\rc\u2028d\te\x00f\x85g") == "a\nb\nc\nd\te f\ng"
    assert printable("user\u202egnp.exe\u2066x\u2069") == "usergnp.exex"
    assert one_line("  a \r\n\t b\u00a0c ") == "a b c"


@given(ANY_TEXT)
def test_the_result_can_always_be_written(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert not any(ord(char) < 32 and char not in "\n\t" for char in shown)
    assert "\n" not in one_line(text)


@given(st.lists(ANY_TEXT, max_size=12))
@example(["Van 1", "van 1", "VAN 1", "Van 1 (2)"])
@example(["x" * 40, "x" * 41, "History", "'", "a/b", "a\\b", "", "\U0001f69a" * 20])
def test_sheet_names_are_what_excel_accepts(wanted: list[str]) -> None:
    names = SheetNames()
    taken = [names.take(text) for text in wanted]
    assert len({name.casefold() for name in taken}) == len(wanted)
    for name in taken:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\n\t")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"

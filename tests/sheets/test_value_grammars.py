"""Amounts, durations, dates and codes: written from the truth in many forms, read back."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import Priority
from lastmile_desktop.sheets.values import choices
from lastmile_desktop.sheets.values.codes import parse_code
from lastmile_desktop.sheets.values.coordinates import parse_coordinate, parse_pair
from lastmile_desktop.sheets.values.dates import DateHabits, date_habits, parse_date
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.numbers import (
    GRAMS,
    parse_amount,
    parse_measure,
    parse_quantity_milli,
    uses_decimal_comma,
)
from lastmile_desktop.sheets.values.times import parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.volumes import parse_volume_cm3

# -- amounts

_PIECES = [
    "",
    " Stk",
    " boxes",
    " Kisten",
    " colis",
    " cajas",
    " colli",
    " szt.",
    " caixas",
    "x",
    " pz",
    " pcs.",
]
_MARKS = st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’"])


@given(st.integers(1, 999_999), st.integers(0, 99), _MARKS, st.booleans(), st.sampled_from(_PIECES))
def test_pieces_with_thousands_and_units(whole: int, cents: int, mark: str, comma: bool, unit: str) -> None:
    """Thousands marks that are no decimal marks, a unit, and decimals by the habit of the file."""
    digits = f"{whole:,}".replace(",", mark)
    text = f"{digits}{',' if comma else '.'}{cents:02d}{unit}"
    assert parse_quantity_milli(text, decimal_comma=comma) == whole * 1000 + cents * 10


@given(st.integers(1, 999), st.integers(0, 999), st.booleans())
def test_a_lone_group_of_three_is_decided_by_the_file_or_asked(whole: int, rest: int, comma: bool) -> None:
    """1.250 is 1250 in a file of decimal commas, 1.25 in one of points, and a question otherwise."""
    text = f"{whole}.{rest:03d}"
    milli = whole * 1_000_000 + rest * 1000 if comma else whole * 1000 + rest
    assert parse_quantity_milli(text, decimal_comma=comma) == milli
    with pytest.raises(UnreadableValueError):
        parse_quantity_milli(text)


def test_the_habit_of_a_column() -> None:
    """Both marks as decimals show nothing; times and groups of three are no evidence."""
    assert uses_decimal_comma(["12,5", "3"]) is True
    assert uses_decimal_comma(["12.5 kg", "3"]) is False
    assert uses_decimal_comma(["12,5", "12.5"]) is None
    assert uses_decimal_comma(["1.250", "7"]) is None
    assert uses_decimal_comma(["1.250.000"]) is True


@given(st.integers(0, 10**7), st.sampled_from(["kg", " kg", " KG", "kilos", " g", " t", " lb", " oz"]))
def test_weights_in_their_units(thousandths: int, unit: str) -> None:
    """The unit in the cell goes before the column's."""
    number = Decimal(thousandths) / 1000
    grams = {"g": 1, "t": 1_000_000, "lb": Decimal("453.59237"), "oz": Decimal("28.349523125")}
    expected = round(number * grams.get(unit.strip(), 1000))
    assert parse_measure(f"{number:.4f}{unit}", GRAMS, "kg") == expected


@pytest.mark.parametrize(
    ("text", "milli"),
    [
        ("½", 500),
        ("2½", 2500),
        ("1 ½", 1500),
        ("two boxes", 2000),
        ("drei Kisten", 3000),
        ("trois colis", 3000),
        ("dos cajas", 2000),
        ("due colli", 2000),
        ("twee dozen", 2000),
        ("dwa", 2000),
        ("ca. 5", 5000),
    ],
)
def test_spoken_amounts(text: str, milli: int) -> None:
    """Fractions in one sign, counting words, and about."""
    assert parse_quantity_milli(text) == milli


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ("3-4", "4"),
        ("3 bis 4 Kisten", "4 kisten"),
        ("-2", "2"),
        ("(5)", "5"),
        ("5+", "5"),
        ("3 flowers", "3"),
        ("12 50", ""),
        ("5²", ""),
        ("1/2", ""),
        ("2 x 5", ""),
        ("1,00,000", ""),
        ("50 %", ""),
        ("many", ""),
        (datetime(2026, 4, 3), ""),
        (True, ""),
    ],
)
def test_doubtful_amounts_are_asked(value: object, fix: str) -> None:
    """Kept, flagged, and with a fix where one reading is likely."""
    with pytest.raises(UnreadableValueError) as refused:
        parse_quantity_milli(value)
    assert refused.value.fix == fix


@given(st.text(alphabet="0123456789.,-' ½xkg%()/+", max_size=12), st.sampled_from([True, False, None]))
def test_near_misses_of_amounts(text: str, comma: bool | None) -> None:
    """An amount that is read never has other digits than the text."""
    with contextlib.suppress(UnreadableValueError):
        found = parse_amount(text, decimal_comma=comma)
        if found is not None and not set(text) & set("½/xkg"):
            digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0")
            assert f"{found[0]:f}".replace(".", "").strip("0") == digits.rstrip("0")


@given(
    st.lists(st.integers(1, 300), min_size=3, max_size=3),
    st.sampled_from(["x", " x ", "×", " × ", "*", " by "]),
)
def test_sides_of_a_box(sides: list[int], joint: str) -> None:
    """Three sides and a unit are a volume; without a unit somebody has to say."""
    text = joint.join(str(side) for side in sides)
    assert parse_volume_cm3(f"{text} cm") == sides[0] * sides[1] * sides[2]
    assert parse_volume_cm3(f"{text}mm") == round(Decimal(sides[0] * sides[1] * sides[2]) / 1000)
    with pytest.raises(UnreadableValueError) as refused:
        parse_volume_cm3(text)
    assert refused.value.fix.endswith("cm")


# -- durations

_DURATIONS = {
    "en": ("{m} min", "{m} minutes", "{m} mins."),
    "de": ("{m} Min.", "{m} Minuten", "ca. {m} Min"),
    "fr": ("{m} minutes", "{m} mn", "{m}'"),
    "es": ("{m} minutos", "{m} min."),
    "it": ("{m} minuti", "{m} min"),
    "nl": ("{m} minuten", "{m}min"),
    "pl": ("{m} minut", "{m} min."),
    "pt": ("{m} minutos", "{m}m"),
}


@given(st.integers(1, 239), st.sampled_from(sorted(_DURATIONS)), st.data())
def test_minutes_in_every_language(minutes: int, language: str, data: st.DataObject) -> None:
    """Minutes with their word, as h:mm, as hours and minutes, as an Excel time."""
    text = data.draw(st.sampled_from(_DURATIONS[language])).format(m=minutes)
    assert parse_duration(text) == minutes * 60
    hours, rest = divmod(minutes, 60)
    for value in (
        f"{hours}:{rest:02d}",
        f"{hours:02d}:{rest:02d}:00",
        f"{hours}h{rest:02d}",
        f"{hours} h {rest} min",
        f"{hours} Std. {rest} Min.",
        time(hours, rest),
        timedelta(minutes=minutes),
        minutes,
        f"{minutes}",
    ):
        assert parse_duration(value) == minutes * 60


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("half an hour", 30),
        ("halbe Stunde", 30),
        ("un quart d'heure", 15),
        ("media hora", 30),
        ("kwartier", 15),
        ("pół godziny", 30),
        ("meia hora", 30),
        ("mezz'ora", 30),
        ("½ h", 30),
        ("1 ½ Std", 90),
        ("1,5 h", 90),
    ],
)
def test_spoken_durations(text: str, minutes: int) -> None:
    """Halves and quarters as people say them."""
    assert parse_duration(text) == minutes * 60


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ("5-10 min", "10 min"),
        ("5-10", "10"),
        ("soon", ""),
        ("-5", ""),
        (0.5, ""),
        ("1.250", ""),
        ("5 boxes", ""),
    ],
)
def test_doubtful_durations(value: object, fix: str) -> None:
    """Ranges, shares and words are asked."""
    with pytest.raises(UnreadableValueError) as refused:
        parse_duration(value)
    assert refused.value.fix == fix


# -- dates

_DATES = st.dates(date(2001, 1, 1), date(2098, 12, 31))
_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_WEEKDAY_NAMES = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Mo Di Mi Do Fr Sa So",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
}


@given(_DATES, st.sampled_from(sorted(_MONTH_NAMES)), st.booleans(), st.integers(0, 6))
def test_dates_in_words(day: date, language: str, with_weekday: bool, shift: int) -> None:
    """Month names in eight languages; a weekday that contradicts its date is refused."""
    month = _MONTH_NAMES[language].split()[day.month - 1]
    weekday = _WEEKDAY_NAMES[language].split()[(day.weekday() + shift) % 7]
    joint = " de " if language in ("es", "pt") else " "
    text = f"{day.day}{'.' if language == 'de' else ''}{joint}{month}{joint}{day.year}"
    if language == "en":
        text = f"{month} {day.day}, {day.year}"
    assert parse_date(text) == day
    if with_weekday and shift == 0:
        assert parse_date(f"{weekday}, {text}") == day
    elif with_weekday:
        with pytest.raises(UnreadableValueError):
            parse_date(f"{weekday}, {text}")


@given(st.lists(_DATES, min_size=1, max_size=8), st.booleans(), st.sampled_from("/-"))
def test_the_whole_column_decides_the_order(days: list[date], day_first: bool, sep: str) -> None:
    """One cell that can only be read one way settles all of them."""
    form = f"%d{sep}%m{sep}%Y" if day_first else f"%m{sep}%d{sep}%Y"
    texts = [day.strftime(form) for day in days]
    habits = date_habits(texts)
    if any(day.day > 12 for day in days):
        assert [parse_date(text, habits) for text in texts] == days
    else:
        assert habits.day_first is None


def test_a_column_of_both_orders_is_asked() -> None:
    """Two people wrote into one sheet: the open ones cannot be known."""
    habits = date_habits(["23/11/2026", "11/24/2026", "03/04/2026"])
    assert habits.mixed
    assert parse_date("23/11/2026", habits) == date(2026, 11, 23)
    assert parse_date("11/24/2026", habits) == date(2026, 11, 24)
    with pytest.raises(UnreadableValueError):
        parse_date("03/04/2026", habits)


def test_the_title_settles_what_the_column_leaves_open() -> None:
    """The title names the 4th of March: so 03/04 is month first, and Wednesday and 4.3. are that day."""
    title = date(2026, 3, 4)
    habits = date_habits(["03/04/2026"], title)
    assert parse_date("03/04/2026", habits) == title
    assert parse_date("Wednesday", habits) == title
    assert parse_date("4. März", habits) == title
    assert parse_date("today", habits) == title
    for text in ("Thursday", "tomorrow"):
        with pytest.raises(UnreadableValueError):
            parse_date(text, habits)


@pytest.mark.parametrize(
    "value",
    [
        "30.02.2026",
        "today",
        "morgen",
        "Monday",
        "23.11.",
        "Nov 23",
        "23.-24.11.2026",
        "1.1.1900",
        "8-12",
        "10",
        12.5,
        -1,
        True,
        time(9),
        float("nan"),
        float("inf"),
        10**20,
        datetime(1899, 12, 31),
    ],
)
def test_dates_that_need_a_person(value: object) -> None:
    """What no other cell settles is asked, whatever a date library would make of it."""
    with pytest.raises(UnreadableValueError):
        parse_date(value, DateHabits())


# -- times of From and To

_STARTS = (
    "{0}",
    "ab {0}",
    "from {0}",
    "à partir de {0}",
    "dalle {0}",
    "vanaf {0}",
    "od {0}",
    "desde las {0}",
)
_ENDS = ("{0}", "bis {0}", "until {0}", "avant {0}", "entro le {0}", "tot {0}", "do {0}", "até às {0}")


@given(st.integers(6 * 60, 23 * 60 + 59), st.booleans(), st.data())
def test_from_and_to_cells(minutes: int, as_end: bool, data: st.DataObject) -> None:
    """The word of the column may stand in the cell too; its contrary may not."""
    form = data.draw(st.sampled_from(_ENDS if as_end else _STARTS))
    spoken = f"{minutes // 60}:{minutes % 60:02d}"
    assert parse_time(form.format(spoken), as_end=as_end) == minutes * 60
    if form != "{0}":
        with pytest.raises(UnreadableValueError):
            parse_time(form.format(spoken), as_end=not as_end)


# -- codes and words


@given(st.integers(0, 10**9))
def test_codes_are_text(number: int) -> None:
    """10001.0 is 10001, zeros in front stay, an apostrophe of Excel goes."""
    assert parse_code(float(number)) == str(number)
    assert parse_code(f"'0{number}") == f"0{number}"


@pytest.mark.parametrize("value", ["1.5E+10", "4,91521E+11", datetime(2026, 4, 3), time(9, 30)])
def test_codes_that_excel_spoilt(value: object) -> None:
    """Digits that are gone, and dates that were house numbers."""
    with pytest.raises(UnreadableValueError):
        parse_code(value)


@pytest.mark.parametrize(
    ("words", "priority"),
    [
        ("high|hoch|haute|alta|hoog|wysoki|urgente|!|x|P1|sehr hoch|très haute|VIP", Priority.HIGH),
        ("normal|mittel|moyenne|media|gemiddeld|średni|média|2|no", Priority.NORMAL),
        ("low|niedrig|basse|baja|bassa|laag|niski|baixa|3", Priority.LOW),
    ],
)
def test_priorities(words: str, priority: Priority) -> None:
    """Words of eight languages and ranks."""
    for word in words.split("|"):
        assert choices.parse_priority(word) is priority, word


def test_the_letter_c_of_a_priority() -> None:
    """Critical beside H, M, L; the last of A, B, C; a question alone."""
    assert choices.meaning_of_c(["A", "B", "C"]) is Priority.LOW
    assert choices.meaning_of_c(["H", "M", "C"]) is Priority.HIGH
    assert choices.meaning_of_c(["C"]) is None
    with pytest.raises(UnreadableValueError):
        choices.parse_priority("C")


_ANY_CELL = st.one_of(
    st.text(max_size=25),
    st.text(alphabet="0123456789:.,-/' hNEWOamp°\"xkg%+½", max_size=18),
    st.floats(),
    st.integers(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.booleans(),
)


@given(_ANY_CELL)
def test_no_cell_breaks_a_grammar(value: object) -> None:
    """Whatever stands in a cell: a value, nothing, or a refusal in words."""
    for parse in (
        parse_amount,
        parse_quantity_milli,
        parse_volume_cm3,
        parse_duration,
        parse_date,
        parse_time,
        parse_coordinate,
        parse_pair,
        parse_code,
        choices.parse_priority,
        choices.parse_kind,
        choices.parse_skills,
        choices.parse_yes_no,
    ):
        with contextlib.suppress(UnreadableValueError):
            parse(value)
    date_habits([value] if isinstance(value, str | datetime) else [])

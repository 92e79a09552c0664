"""The words for days in eight languages (en de fr es it nl pl pt), folded: weekdays, months, today.

A word that means different days in two languages is in no table. Words that are both a weekday and a month
("mar": mardi, martes, martedì, March) are in both; the place in the text decides.
"""

from __future__ import annotations


def _numbered(*lines: str, start: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, start) for word in line.split()}


#: 0 = Monday, as in ``date.weekday()``.
WEEKDAYS: dict[str, int] = _numbered(
    "monday mon mondays mo montag montags lundi lun lunes lunedi maandag ma maandags poniedzialek pon pn "
    "segunda seg",
    "tuesday tue tues tu tuesdays dienstag di die dienstags mardi mar martes martedi dinsdag wtorek wt wto "
    "terca ter",
    "wednesday wed wednesdays we mittwoch mi mittwochs mercredi mer miercoles mie mercoledi woensdag wo "
    "sroda sr quarta qua",
    "thursday thu thur thurs thursdays th donnerstag do donnerstags jeudi jeu jueves jue giovedi gio "
    "donderdag czwartek czw quinta qui",
    "friday fri fridays fr freitag freitags vendredi ven viernes vie venerdi vrijdag vr vrij piatek pt pia "
    "sexta sex",
    "saturday sat saturdays sa samstag samstags sonnabend samedi sam sabado sab sabato zaterdag za zat "
    "sobota sob",
    "sunday sun sundays su sonntag so sonntags dimanche dim domingo dom domenica zondag zo zon niedziela "
    "niedz nd ndz",
    start=0,
)
#: "segunda-feira": the second half of Portuguese weekdays.
WEEKDAY_TAILS = frozenset(["feira"])

MONTHS: dict[str, int] = _numbered(
    "january jan januar janner janvier janv enero ene gennaio gen januari styczen stycznia sty janeiro",
    "february feb febr februar feber fevrier fevr febrero febbraio februari luty lutego lut fevereiro fev",
    "march mar marz maerz mrz mars marzo maart mrt marzec marca marco",
    "april apr avril avr abril abr aprile kwiecien kwietnia kwi",
    "may mai mayo maggio mag mei maj maja maio",
    "june jun juni juin junio giugno giu czerwiec czerwca cze junho",
    "july jul juli juillet juil julio luglio lug lipiec lipca lip julho",
    "august aug aout agosto ago augustus sierpien sierpnia sie",
    "september sep sept septembre septiembre settembre set wrzesien wrzesnia wrz setembro",
    "october oct oktober okt octobre octubre ottobre ott pazdziernik pazdziernika paz outubro out",
    "november nov novembre noviembre listopad listopada lis novembro",
    "december dec dezember dez decembre diciembre dic dicembre grudzien grudnia gru dezembro",
    start=1,
)

#: Days from today.
RELATIVE_DAYS: dict[str, int] = {
    word: days
    for days, words in (
        (0, "today heute aujourd'hui aujourdhui hoy oggi vandaag heden dzis dzisiaj hoje"),
        (1, "tomorrow tmrw morgen demain manana domani jutro amanha"),
        (2, "ubermorgen uebermorgen apres-demain dopodomani overmorgen pojutrze"),
    )
    for word in words.split()
}

#: Words between the parts of a date that say nothing: 23 de noviembre de 2026, le 23, the 23rd of.
DATE_NOISE = frozenset(
    [
        "de",
        "del",
        "di",
        "d",
        "of",
        "the",
        "le",
        "la",
        "el",
        "den",
        "dem",
        "der",
        "am",
        "on",
        "op",
        "il",
        "dnia",
        "r",
        "roku",
        "em",
        "dia",
    ]
)

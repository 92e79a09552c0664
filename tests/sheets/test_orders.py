"""Order sheets as people keep them: headings, layouts, doubtful rows."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from lastmile_desktop.model import OrderKind, Priority, Severity, SheetKind, TimeWindow

HEAD = ("Order", "Customer", "Address", "Lat", "Lon", "From", "To", "Boxes", "Weight (kg)", "Notes")


def near(number: int) -> tuple[float, float]:
    """A position in one town."""
    return 51.0 + number / 1000, 3.7 + number / 1000


def plain(number: int, **changes: object) -> tuple[object, ...]:
    """A clean row."""
    lat, lon = near(number)
    row = dict(
        zip(
            HEAD,
            (f"A{number}", f"Customer {number}", f"Street {number}", lat, lon, None, None, 1, 2.5, None),
            strict=True,
        )
    )
    row.update(changes)
    return tuple(row.values())


def fields(report, sheet: str = "Orders") -> dict[str, str]:
    """Column letters of a sheet by field."""
    return {field: letter for s in report.sheets if s.name == sheet for letter, field in s.columns}


def test_clean_rows_carry_no_remark(import_rows) -> None:
    """A sheet without fault is imported without a word."""
    report = import_rows([HEAD, *(plain(n) for n in range(1, 6))])
    assert [order.id for order in report.orders] == ["A1", "A2", "A3", "A4", "A5"]
    assert report.problems == ()
    order = report.orders[0]
    assert (order.key, order.source.sheet, order.source.row) == ("Orders!2", "Orders", 2)
    assert (order.quantity_milli, order.weight_g, order.service_s) == (1000, 2500, 300)
    assert not order.attention


HEADINGS = {
    "de": (
        "Auftragsnr.|Kunde|Straße|Hausnr.|PLZ|Ort|Zeitfenster von|Zeitfenster bis"
        "|Kisten|Gewicht (kg)|Telefon|Bemerkung",
        "id|name|street|house_number|postcode|town|window_start|window_end|quantity|weight|phone|notes",
    ),
    "de-2": (
        "BESTELLNUMMER|Empfaenger|Lieferadresse|Breitengrad|Laengengrad|Lieferdatum"
        "|Standzeit [min]|Prioritaet",
        "id|name|address|lat|lon|date|service|priority",
    ),
    "fr": (
        "N° commande|Destinataire|Adresse de livraison|Code postal|Ville|Créneau horaire|Colis|Poids",
        "id|name|address|postcode|town|window|quantity|weight",
    ),
    "es": (
        "Nº pedido|Cliente|Dirección|Código postal|Población|Franja horaria|Bultos|Teléfono",
        "id|name|address|postcode|town|window|quantity|phone",
    ),
    "it": (
        "N. ordine|Destinatario|Indirizzo|CAP|Città|Fascia oraria|Colli|Note",
        "id|name|address|postcode|town|window|quantity|notes",
    ),
    "nl": (
        "Bestelnummer|Klant|Straat|Huisnummer|Postcode|Plaats|Tijdvak|Aantal|Opmerkingen",
        "id|name|street|house_number|postcode|town|window|quantity|notes",
    ),
    "pl": (
        "Nr zamówienia|Odbiorca|Ulica|Nr domu|Kod pocztowy|Miasto|Okno czasowe|Ilość|Uwagi",
        "id|name|street|house_number|postcode|town|window|quantity|notes",
    ),
    "pt": (
        "Encomenda|Destinatário|Morada|Código postal|Localidade|Horário|Volumes|Observações",
        "id|name|address|postcode|town|window|quantity|notes",
    ),
    "shop": (
        "Shipping Name|Shipping Address1|Shipping City|Shipping Zip|Shipping Phone|Billing Name"
        "|Billing Address1|Lineitem quantity",
        "name|street|town|postcode|phone|||quantity",
    ),
    "camel": (
        "OrderID|customer_name|addressLine1|post-code|TW Start*|TW End*|Load (kg)|Time (min)",
        "id|name|street|postcode|window_start|window_end|weight|service",
    ),
    "words": (
        "Order #|Delivery address|Deliver before|Earliest|Order date|No. of boxes",
        "id|address|window_end|window_start||quantity",
    ),
    "typos": ("Adress|Lattitude|Longitute|Quantitiy", "address|lat|lon|quantity"),
    "nr is a house number": ("Straße|Nr.|Ort", "street|house_number|town"),
    "nr is an order number": ("Nr.|Straße|Ort", "id|street|town"),
}


@pytest.mark.parametrize("language", HEADINGS)
def test_headings(import_rows, language: str) -> None:
    """Columns are recognised in eight languages and in the spelling of programs."""
    headings, expected = (text.split("|") for text in HEADINGS[language])
    values = {"Breitengrad": 51.5, "Laengengrad": 7.5, "Lattitude": 51.5, "Longitute": 7.5}
    report = import_rows([headings, [values.get(heading, "7") for heading in headings]])
    found = dict(report.sheets[0].columns)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert [found.get(letters[i], "") for i in range(len(headings))] == expected


def test_header_below_titles_blank_lines_and_totals(import_rows) -> None:
    """Titles, repeated headings, tour headings, sums and legends are no orders."""
    report = import_rows(
        [
            ("Bakery Morning",),
            ("Deliveries Thursday 18.09.2025",),
            (),
            HEAD,
            ("Tour North",),
            plain(1),
            (),
            HEAD,
            plain(2),
            (None, "Total", None, None, None, None, None, 12, 30.5),
            (),
            (None, "red = call first"),
        ]
    )
    assert [order.source.row for order in report.orders] == [6, 9]
    assert report.sheet_date == date(2025, 9, 18)
    assert report.sheets[0].header_row == 4
    assert [problem.category for problem in report.problems] == ["skipped_row"]
    assert len(report.orders) + report.skipped_lines == 12


def test_two_heading_lines_with_merged_cells(workbook, read) -> None:
    """ "Time window" over "From" and "To" becomes one name; so do units below a heading."""
    path = workbook(
        {
            "Orders": [
                ("Address", "Time window", None, "Weight"),
                (None, "From", "To", "lb"),
                ("Main St 1", time(9), time(11), 10),
            ]
        }
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B1:C1")
    book.active.merge_cells("A1:A2")
    book.save(path)
    report = read(path)
    order = report.orders[0]
    assert order.windows == (TimeWindow(9 * 3600, 11 * 3600),)
    assert order.weight_g == 4536
    assert order.source.row == 3


def test_table_that_starts_elsewhere(import_rows) -> None:
    """Empty columns to the left do not matter."""
    report = import_rows([(), (None, None, "Address", "Qty"), (None, None, "Main St 1", 4)])
    assert report.orders[0].quantity_milli == 4000


def test_doubtful_cells_keep_the_order(import_rows, categories) -> None:
    """Each doubtful cell is one remark with row, column and sentence; the order stays."""
    rows = [
        HEAD,
        plain(1, From="after lunch maybe"),
        plain(2, Boxes="many"),
        plain(3, From=time(14), To=time(9)),
        plain(4, **{"Weight (kg)": "heavy"}),
        plain(5, Lat=0, Lon=0),
        plain(6, Lon=None),
        plain(7, Address=None, Lat=None, Lon=None),
        plain(8, Lat=None, Lon=None),
        plain(9, Boxes=date(2026, 4, 3)),
    ]
    report = import_rows(rows)
    assert len(report.orders) == 9
    assert categories(report) == [
        (2, "attention", "bad_time"),
        (3, "attention", "bad_number"),
        (4, "attention", "bad_time"),
        (5, "attention", "bad_number"),
        (6, "attention", "bad_coords"),
        (7, "attention", "bad_coords"),
        (8, "attention", "missing_location"),
        (9, "info", "waiting_for_position"),
        (10, "attention", "bad_number"),
    ]
    assert [problem.column for problem in report.problems] == ["F", "H", "G", "I", "D", "D", "", "", "H"]
    by_row = {order.source.row: order for order in report.orders}
    assert by_row[2].windows == ()
    assert "after lunch maybe" in by_row[2].notes
    assert by_row[3].quantity_milli == 1000
    assert "14:00 to 09:00" in by_row[4].notes
    assert by_row[5].weight_g is None
    assert by_row[6].location is None
    assert not by_row[9].attention
    assert all(problem.order_id for problem in report.problems)


def test_swapped_coordinates_are_exchanged_when_certain(import_rows) -> None:
    """The others show where the row belongs; a far one is only pointed out."""
    lat, lon = near(9)
    report = import_rows(
        [HEAD, *(plain(n) for n in range(1, 8)), plain(9, Lat=lon, Lon=lat), plain(10, Lat=40.0)]
    )
    swapped, far = report.orders[7], report.orders[8]
    assert (swapped.location.lat, swapped.location.lon) == (lat, lon)
    assert not swapped.attention
    assert far.attention
    assert far.location.lat == 40.0
    assert [(p.row, p.severity, p.category) for p in report.problems] == [
        (9, Severity.INFO, "bad_coords"),
        (10, Severity.ATTENTION, "bad_coords"),
    ]


@pytest.mark.parametrize("swap_depot", [False, True])
def test_all_coordinates_swapped_is_asked_not_guessed(import_rows, swap_depot: bool) -> None:
    """Orders and depot disagree by an exchange: nobody can tell which is wrong, so one remark asks."""
    rows = [
        HEAD,
        *(plain(n) if swap_depot else plain(n, Lat=near(n)[1], Lon=near(n)[0]) for n in range(1, 6)),
    ]
    hub = near(0)[::-1] if swap_depot else near(0)
    report = import_rows(rows, Depot=[("Name", "Lat", "Lon"), ("Hub", *hub)])
    assert [(p.severity, p.category) for p in report.problems] == [(Severity.ATTENTION, "bad_coords")]
    assert "exchanged" in report.problems[0].message


def test_impossible_coordinates_are_exchanged_towards_the_depot(import_rows) -> None:
    """A latitude of 116 cannot be; exchanged it lies beside the depot."""
    rows = [("Address", "Lat", "Lon"), ("Main 1", 116.4, 39.9), ("Main 2", 116.5, 39.8)]
    report = import_rows(rows, Depot=[("Name", "Lat", "Lon"), ("Hub", 39.9, 116.3)])
    assert [order.location.lat for order in report.orders] == [39.9, 39.8]
    assert [p.severity for p in report.problems] == [Severity.INFO, Severity.INFO]


def test_lost_decimal_point(import_rows) -> None:
    """51.009 became 51009000: mended where the others are, and pointed out."""
    report = import_rows([HEAD, *(plain(n) for n in range(1, 6)), plain(9, Lat=51009000)])
    order = report.orders[-1]
    assert order.attention
    assert order.location.lat == pytest.approx(51.009)


def test_duplicate_numbers_and_item_rows(import_rows) -> None:
    """A second order with one number is pointed out; rows that only add an item are joined."""
    item = ("A1", None, None, None, None, None, None, 3, 1.5, None)
    report = import_rows([HEAD, plain(1), item, plain(2), plain(3, Order="A2"), plain(2)])
    assert [order.id for order in report.orders] == ["A1", "A2", "A2", "A2"]
    assert report.orders[0].quantity_milli == 4000
    assert report.orders[0].weight_g == 4000
    duplicates = [p for p in report.problems if p.category == "duplicate_id"]
    assert [p.row for p in duplicates] == [5, 6]
    assert "row 4" in duplicates[0].message
    assert "exact copy of row 4" in duplicates[1].message
    assert len({order.key for order in report.orders}) == 4


def test_orders_without_a_number_get_one(import_rows) -> None:
    """An address is enough."""
    report = import_rows([("Address", "Customer"), ("Main St 1", "Ann"), ("Main St 2", None)])
    assert [(order.id, order.address) for order in report.orders] == [
        ("Row 2", "Main St 1"),
        ("Row 3", "Main St 2"),
    ]


def test_windows_from_two_pairs_and_one_cell(import_rows) -> None:
    """Several windows are sorted and joined; one side may be open."""
    head = ("Address", "Window 1 from", "Window 1 to", "Window 2 from", "Window 2 to")
    report = import_rows(
        [
            head,
            ("A 1", time(14), time(16), time(8), "10:00"),
            ("A 2", None, "11:00", None, None),
            ("A 3", "9-12", None, None, None),
        ]
    )
    h = 3600
    assert [order.windows for order in report.orders] == [
        (TimeWindow(8 * h, 10 * h), TimeWindow(14 * h, 16 * h)),
        (TimeWindow(None, 11 * h),),
        (TimeWindow(9 * h, 12 * h),),
    ]


def test_addresses_from_parts(import_rows) -> None:
    """Street, number, postcode and town in the order of the columns; nothing twice."""
    head = ("Straße", "Hausnr", "Adresszusatz", "PLZ", "Ort")
    report = import_rows(
        [
            head,
            ("Hauptstr.", 5, "2. Stock", "01309", "Dresden"),
            ("Weg 3, 01309 Dresden", None, None, 1309, "Dresden"),
        ]
    )
    assert report.orders[0].address == "Hauptstr. 5, 2. Stock, 01309 Dresden"
    american = import_rows([("Street", "City", "State", "ZIP"), ("5 Main St", "Boston", "MA", "02108")])
    assert american.orders[0].address == "5 Main St, Boston MA 02108"


def test_numbers_that_are_names_keep_their_zeros(workbook, read) -> None:
    """Leading zeros given by a number format and Excel's apostrophe."""
    path = workbook(
        {
            "Orders": [
                ("Order", "Street", "ZIP", "Phone"),
                (10001.0, "A 1", 1309, "'0341 12"),
                (1.5e10, "A 2", 1310, 301234567),
            ]
        }
    )
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book.active.cell(row, 3).number_format = "00000"
    book.save(path)
    orders = read(path).orders
    assert [order.id for order in orders] == ["10001", "15000000000"]
    assert [order.address for order in orders] == ["A 1, 01309", "A 2, 01310"]
    assert [order.phone for order in orders] == ["0341 12", "301234567"]


def test_formulas_and_error_cells(workbook, read) -> None:
    """A formula without a stored value and #N/A are not blanks."""
    path = workbook(
        {
            "Orders": [
                ("Order", "Address", "Boxes", "Other"),
                ("A1", "Main 1", "=1+1", None),
                ("A2", "Main 2", "#N/A", None),
                ("A3", "Main 3", 4, "=2+2"),
            ]
        }
    )
    report = read(path)
    found = [p for p in report.problems if p.category in ("formula", "cell_error")]
    assert [(p.row, p.column, p.category) for p in found] == [(2, "C", "formula"), (3, "C", "cell_error")]
    assert [order.attention for order in report.orders] == [True, True, False]
    assert "save it" in found[0].message


def test_the_best_sheet_wins_and_hidden_ones_do_not(workbook, read) -> None:
    """Two order sheets: the fuller heading wins and the other is named; hidden sheets stay out."""
    path = workbook(
        {"Old": [("Address",), ("Main 9",)], "Orders": [HEAD, plain(1)], "Secret": [HEAD, plain(2), plain(3)]}
    )
    book = openpyxl.load_workbook(path)
    book["Secret"].sheet_state = "hidden"
    book.save(path)
    report = read(path)
    assert [(s.name, s.kind) for s in report.sheets] == [
        ("Old", SheetKind.IGNORED),
        ("Orders", SheetKind.ORDERS),
    ]
    assert [order.id for order in report.orders] == ["A1"]
    assert [p.category for p in report.problems] == ["other_sheet", "hidden_sheet"]


def test_hidden_rows_are_imported_and_told(workbook, read) -> None:
    """A filter left on must not lose orders."""
    path = workbook({"Orders": [HEAD, plain(1), plain(2)]})
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    report = read(path)
    assert len(report.orders) == 2
    assert [p.category for p in report.problems] == ["hidden_rows"]


def test_phantom_range_and_stray_cells(workbook, read) -> None:
    """A value in the last cell of the sheet costs neither memory nor the import."""
    path = workbook({"Orders": [HEAD, plain(1)]})
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.active["XFC3"] = "y"
    book.save(path)
    report = read(path)
    assert len(report.orders) == 1
    assert "stray_cells" in [p.category for p in report.problems]


def test_1904_dates(workbook, read) -> None:
    """Workbooks from old Macs count days from 1904."""
    path = workbook({"Orders": [("Address", "Date"), ("Main 1", None)]})
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    book.active["B2"] = datetime(2026, 11, 23)
    book.save(path)
    assert read(path).orders[0].delivery_date == date(2026, 11, 23)


def test_other_fields(import_rows) -> None:
    """Service, skills, priority, kind, date, e-mail, contact, price for leaving out."""
    head = (
        "Address",
        "Service (sec)",
        "Skills",
        "Prio",
        "Type",
        "Date",
        "E-Mail",
        "Customer",
        "Contact",
        "Penalty",
        "Volume (l)",
    )
    row = (
        "Main 1",
        90,
        "Lift; Cooling",
        "hoch",
        "Abholung",
        "23.11.2026",
        "a@example.org",
        "Firm",
        "Ann",
        "12,50 €",
        250,
    )
    order = import_rows([head, row]).orders[0]
    assert order.service_s == 90
    assert order.skills == {"lift", "cooling"}
    assert order.priority is Priority.HIGH
    assert order.kind is OrderKind.PICKUP
    assert order.delivery_date == date(2026, 11, 23)
    assert (order.email, order.name, order.notes) == ("a@example.org", "Firm", "Contact: Ann")
    assert order.skip_price_cents == 1250
    assert order.volume_cm3 == 250_000


def test_parcel_width_is_no_latitude(import_rows) -> None:
    """Breite and Länge are coordinates only above geographic numbers."""
    parcel = import_rows([("Adresse", "Breite", "Länge"), ("Weg 1", 40, 60)])
    assert "lat" not in fields(parcel)
    place = import_rows([("Adresse", "Breite", "Länge"), ("Weg 1", "51,363803", "12,3535")])
    assert place.orders[0].location.lon == 12.3535


def test_text_stays_text(import_rows) -> None:
    """What looks like code is kept as it is, as data."""
    name = '=HYPERLINK("x") <script>{{ 7*7 }}</script>'
    report = import_rows([("Customer", "Address", "Notes"), ("'" + name, "مقهى الياسمين 5", "茉莉花\u200b")])
    assert name in report.orders[0].name
    assert report.orders[0].address == "مقهى الياسمين 5"
    assert report.orders[0].notes == "茉莉花"


def test_ambiguous_dates_are_told(import_rows) -> None:
    """03/04 without any day above 12 is read as day/month, and the report says so."""
    report = import_rows([("Address", "Date"), ("Main 1", "03/04/2026")])
    assert report.orders[0].delivery_date == date(2026, 4, 3)
    assert [p.category for p in report.problems if p.category != "waiting_for_position"] == ["date_order"]


def test_columns_that_are_not_understood_are_named(import_rows) -> None:
    """A filled column without a known heading does not vanish in silence; known foreign ones do."""
    report = import_rows(
        [("Address", "Frobnication", "Billing City", "Order date", "Empty"), ("Main 1", "x", "y", "z", None)]
    )
    told = [p.message for p in report.problems if p.category == "unknown_column"]
    assert told == ["Column B (Frobnication) is not recognised and not used."]


def test_macro_workbook(workbook, read) -> None:
    """.xlsm is read like .xlsx; its macros are never looked at."""
    path = workbook({"Orders": [("Address", "Qty"), ("Main 1", 2)]}, name="orders.xlsm")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert parts["[Content_Types].xml"] != types
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macro"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(path).orders[0].quantity_milli == 2000

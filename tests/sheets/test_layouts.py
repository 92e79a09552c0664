"""Where tables lie and what their lines are: the layouts of real sheets, small and one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lastmile_desktop.model import ImportOptions, ImportReport, LineKind, SheetKind, SheetLayout
from lastmile_desktop.model.sheet_layout import CellOverride
from lastmile_desktop.sheets.child_reader import import_file

HEAD = ("Order", "Customer", "Address", "Boxes")
ROWS = [("1", "Ann", "1 High St, Leeds", 2), ("2", "Bob", "2 High St, Leeds", 1)]


def short(report: ImportReport) -> list[tuple[object, ...]]:
    """(row, order number, address, pieces) of every order."""
    return [
        (order.source.row if order.source else 0, order.id, order.address, order.quantity_milli // 1000)
        for order in report.orders
    ]


def told(report: ImportReport) -> set[str]:
    return {problem.category for problem in report.problems}


def with_options(path: Path, **options: object) -> ImportReport:
    return import_file(path, lambda done, total: None, ImportOptions(**options))  # type: ignore[arg-type]


def test_a_table_that_starts_below_empty_rows_keeps_its_row_numbers(import_rows) -> None:
    """Rows are counted as Excel counts them."""
    report = import_rows([(), (), (None, None, *HEAD), (None, None, *ROWS[0])])
    assert short(report) == [(4, "1", "1 High St, Leeds", 2)]
    assert report.sheets[0].header_row == 3


def test_no_heading_at_all(import_rows) -> None:
    """The first row is an order; the columns are recognised by what they hold, and that is said."""
    report = import_rows(
        [
            ("A1001", "Anna Müller", "Hauptstr. 5", "10115", "Berlin", "9-12", 3),
            ("A1002", "Bernd Kohl", "Torstr. 12", "10119", "Berlin", "14-18", 1),
            ("A1003", "Café Kranz", "Invalidenstr. 77", "10557", "Berlin", None, 2),
        ]
    )
    assert report.sheets[0].header_row is None
    assert [order.id for order in report.orders] == ["A1001", "A1002", "A1003"]
    assert report.orders[0].address == "Hauptstr. 5, 10115 Berlin"
    assert report.orders[0].windows[0].start_s == 9 * 3600
    assert report.orders[2].quantity_milli == 2000
    assert "guessed_columns" in told(report)
    assert not any(order.attention for order in report.orders)


def test_a_heading_in_an_unknown_language(import_rows) -> None:
    """It is no order, and what was guessed is said."""
    report = import_rows(
        [
            ("Tilausnumero", "Asiakas", "Katuosoite", "Postinumero", "Kaupunki"),
            ("1001", "Virtanen", "Mannerheimintie 5", "00100", "Helsinki"),
            ("1002", "Korhonen", "Bulevardi 12", "00120", "Helsinki"),
            ("1003", "Mäkinen", "Aleksanterinkatu 3", "00170", "Helsinki"),
        ]
    )
    assert [order.id for order in report.orders] == ["1001", "1002", "1003"]
    assert report.orders[0].address == "Mannerheimintie 5, 00100 Helsinki"
    assert "guessed_columns" in told(report)


def test_prose_is_no_table(workbook, read) -> None:
    """A letter in cells does not become orders."""
    report = read(workbook({"A": [("Dear all,",), ("please bring the bread at 9.",), ("Thanks, Ann",)]}))
    assert not report.ok


def test_two_heading_lines_with_groups(workbook, read) -> None:
    """Group headings above merged cells lend their word; columns merged downwards keep theirs."""
    rows = [
        ("Order", "Customer", "Delivery address", None, None, "Time window", None, "Goods", None),
        (None, None, "Street", "Postcode", "City", "From", "To", "Boxes", "kg"),
        ("1", "Ann", "12 High Street", "BS1 4AB", "Bristol", "9:00", "12:00", 3, 12.5),
    ]
    path = workbook({"Orders": rows})
    book = openpyxl.load_workbook(path)
    for area in ("C1:E1", "F1:G1", "H1:I1", "A1:A2", "B1:B2"):
        book.active.merge_cells(area)
    book.save(path)
    order = read(path).orders[0]
    assert (order.id, order.name, order.address) == ("1", "Ann", "12 High Street, Bristol BS1 4AB")
    assert (order.quantity_milli, order.weight_g, order.windows[0].end_s) == (3000, 12500, 12 * 3600)


def test_a_line_of_units_below_the_heading(import_rows) -> None:
    """Its words are the units of the columns above."""
    report = import_rows(
        [("Order", "Address", "Weight", "Volume"), (None, None, "lb", "l"), ("1", "1 High St", 10, 200)]
    )
    assert (report.orders[0].weight_g, report.orders[0].volume_cm3) == (4536, 200_000)


def test_sections_sums_footers_and_repeated_headings(import_rows) -> None:
    """None of them is an order, and each line is of one kind."""
    report = import_rows(
        [
            ("Tour Nord",),
            HEAD,
            ROWS[0],
            ("Summe Tour Nord", None, None, 2),
            (),
            ("Tour Süd",),
            HEAD,
            ROWS[1],
            (None, None, "Total", 3),
            (None, None, None, 3),
            ("Seite 1 von 2",),
            ("Unterschrift Fahrer: ______", None, "Datum: ______"),
        ]
    )
    assert short(report) == [(3, "1", "1 High St, Leeds", 2), (8, "2", "2 High St, Leeds", 1)]
    assert len(report.orders) + report.skipped_lines == 12


def test_a_customer_called_total_is_a_customer(import_rows) -> None:
    """A petrol station may bear that name."""
    report = import_rows([HEAD, ("1", "TOTAL Tankstelle", "1 High St", 2), ("2", "Total", "2 High St", 1)])
    assert [order.id for order in report.orders] == ["1", "2"]


def test_goods_on_lines_of_their_own(import_rows) -> None:
    """One order over several lines: amounts are added up, no line becomes an order or is lost."""
    report = import_rows(
        [
            ("Order", "Customer", "Address", "Item", "Qty"),
            ("1", "Ann", "1 High St, Leeds", "Bread", 2),
            (None, None, None, "Milk", 3),
            ("2", "Bob", "2 High St, Leeds", "Bread", 4),
            (None, None, None, "Eggs", 1),
            ("Total", None, None, None, 10),
        ]
    )
    assert short(report) == [(2, "1", "1 High St, Leeds", 5), (4, "2", "2 High St, Leeds", 5)]
    assert "item_rows" in told(report)


def test_the_whole_order_again_on_each_item_line(import_rows) -> None:
    """Shops write the address on each line; the same order typed twice is something else."""
    head = ("Order", "Customer", "Address", "Item name", "Qty")
    ann = ("1", "Ann", "1 High St, Leeds")
    items = import_rows([head, (*ann, "Bread", 2), (*ann, "Milk", 3)])
    assert short(items) == [(2, "1", "1 High St, Leeds", 5)]
    typed_twice = import_rows([head, (*ann, "Bread", 2), (*ann, "Bread", 2)])
    assert len(typed_twice.orders) == 2
    assert "duplicate_id" in told(typed_twice)


def test_an_address_that_goes_on_below(import_rows) -> None:
    """The town on the next line belongs to the order above; the order is pointed out."""
    report = import_rows(
        [HEAD, ("1", "Ann", "1 High St", 2), (None, None, "Leeds"), ("2", "Bob", "2 High St", 1)]
    )
    assert [order.address for order in report.orders] == ["1 High St, Leeds", "2 High St"]
    assert [order.attention for order in report.orders] == [True, False]


def test_towns_merged_downwards(workbook, read) -> None:
    """A merged town holds for each order beside it."""
    path = workbook(
        {
            "Orders": [
                ("Town", "Customer", "Street"),
                ("Leeds", "Ann", "1 High St"),
                (None, "Bob", "2 High St"),
            ]
        }
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(path)
    assert [order.address for order in read(path).orders] == ["1 High St, Leeds", "2 High St, Leeds"]


def test_weekday_columns_are_not_guessed(import_rows) -> None:
    """Do is a Thursday here and no "until"; which day is meant is for the dispatcher to say."""
    report = import_rows(
        [("Kunde", "Adresse", "Mo", "Di", "Mi", "Do", "Fr"), ("Ann", "Ring 1", 2, None, 1, 3, None)]
    )
    assert report.orders[0].quantity_milli == 1000
    assert not report.orders[0].windows
    assert not report.orders[0].attention
    assert "weekday_columns" in told(report)


def test_sheets_of_one_layout_are_all_taken(import_rows) -> None:
    """One sheet a tour: all orders, and that is said; an archive and a copy stay out."""
    report = import_rows(
        [HEAD, *ROWS],
        **{
            "Tour 2": [HEAD, ("3", "Cy", "3 High St, Leeds", 4)],
            "Archive": [HEAD, ("9", "Old", "9 High St, Leeds", 1)],
            "Orders (2)": [HEAD, *ROWS],
        },
    )
    assert [order.id for order in report.orders] == ["1", "2", "3"]
    assert {sheet.name: sheet.kind for sheet in report.sheets} == {
        "Orders": SheetKind.ORDERS,
        "Tour 2": SheetKind.ORDERS,
        "Archive": SheetKind.IGNORED,
        "Orders (2)": SheetKind.IGNORED,
    }
    assert {"joined_sheets", "other_sheet"} <= told(report)


def test_vehicles_below_the_orders(import_rows) -> None:
    """Two tables on one sheet are both read."""
    report = import_rows(
        [
            HEAD,
            *ROWS,
            (),
            ("Vehicle", "Driver", "Capacity", "Shift start", "Shift end"),
            ("Van 1", "Pete", 20, "8:00", "17:00"),
        ]
    )
    assert len(report.orders) == 2
    assert [vehicle.name for vehicle in report.vehicles] == ["Van 1"]


def test_unread_columns_are_named(import_rows) -> None:
    """Nobody believes that a column counts when it does not; one that holds times asks."""
    report = import_rows([(*HEAD, "Frobs", "Zzz"), (*ROWS[0], 7, "9-12"), (*ROWS[1], 8, "12-14")])
    assert report.sheets[0].ignored == (("E", "Frobs"), ("F", "Zzz"))
    found = next(problem for problem in report.problems if problem.category == "unknown_column")
    assert found.severity.value == "attention"
    assert "Zzz" in found.message


def test_a_person_says_what_the_columns_hold(workbook) -> None:
    """A layout is taken as it is: unnamed columns are not read."""
    path = workbook({"Data": [("junk",), ("a", "b", "c"), ("X1", "1 High St", 5), ("X2", "2 High St", 6)]})
    layout = SheetLayout("Data", 2, 3, (("A", "id"), ("B", "address")))
    report = with_options(path, layouts=(layout,))
    assert short(report) == [(3, "X1", "1 High St", 1), (4, "X2", "2 High St", 1)]
    assert report.sheets[0].known
    assert report.sheets[0].confidence == (("A", 100), ("B", 100))


def test_only_the_heading_line_is_chosen(workbook) -> None:
    """Without columns the reader finds them below the chosen heading, or without one."""
    path = workbook({"Data": [HEAD, *ROWS]})
    report = with_options(path, layouts=(SheetLayout("Data", 1, 0, ()),))
    assert short(report)[0] == (2, "1", "1 High St, Leeds", 2)


def test_a_known_layout_is_used_without_a_question(workbook) -> None:
    """The fingerprint is the headings': another file, sheet name and place of the heading do not matter."""
    first = with_options(
        workbook({"A": [("Ref", "Where", "Many"), ("X1", "1 High St", 5)]}, "one.xlsx"),
        layouts=(SheetLayout("A", 1, 2, (("A", "id"), ("B", "address"), ("C", "quantity"))),),
    )
    layout = first.sheets[0].layout
    assert layout is not None
    assert layout.fingerprint
    later = workbook(
        {"B": [("Deliveries",), (), ("Ref", "Where", "Many"), ("X7", "7 High St", 3)]}, "two.xlsx"
    )
    report = with_options(later, remembered=(layout,))
    assert short(report) == [(4, "X7", "7 High St", 3)]
    assert report.sheets[0].known


def test_rows_set_aside_and_cells_corrected(workbook) -> None:
    """What a person took out is no order; what a person typed is read like the sheet's own text."""
    path = workbook({"Orders": [HEAD, *ROWS]})
    report = with_options(
        path,
        set_aside=(("Orders", 2),),
        overrides=(CellOverride("Orders", 3, "D", "7"),),
        with_preview=True,
    )
    assert short(report) == [(3, "2", "2 High St, Leeds", 7)]
    preview = report.sheets[0].preview
    assert preview is not None
    assert preview.kinds == (LineKind.HEADER, LineKind.SET_ASIDE, LineKind.ORDER)


def test_hidden_rows_by_choice(workbook) -> None:
    """All rows are taken and that is said; or only the visible ones."""
    path = workbook({"Orders": [HEAD, *ROWS]})
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    assert len(with_options(path).orders) == 2
    visible = with_options(path, visible_only=True)
    assert [order.id for order in visible.orders] == ["1"]
    assert "hidden_rows" in told(visible)


def test_a_refused_file_shows_its_cells(workbook) -> None:
    """So that a person can say where the orders are."""
    report = with_options(workbook({"A": [("foo", "bar"), ("x", "y")]}), with_preview=True)
    assert not report.ok
    assert report.sheets[0].preview is not None
    assert with_options(workbook({"A": [("foo", "bar"), ("x", "y")]})).sheets == ()


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Breite", (48.2082, 48.2101), "lat"),
        ("Breite", (40, 60), ""),
        ("Nr.", ("5", "7a"), "house_number"),
        ("Load", ("12 kg", "8 kg"), "weight"),
        ("Drop (kg)", (12, 8), "weight"),
        ("Contact", ("0113 496 0000", "0113 496 0001"), "phone"),
        ("Deliver by", ("14:00", "15:00"), "window_end"),
        ("By", ("København", "Aarhus"), "town"),
        ("Van", ("09:00", "10:00"), "window_start"),
        ("Van", ("Van 1", "Van 2"), "vehicle"),
        ("Kundennr.", ("K-1", "K-2"), ""),
        ("Rechnungsadresse", ("Weg 1, Graz", "Weg 2, Graz"), ""),
        ("Adress of delivry", ("1 High St, Leeds", "2 High St, Leeds"), "address"),
        ("Order date", ("2026-11-20", "2026-11-20"), ""),
        ("Items", ("Bread, Milk", "Eggs"), ""),
        ("Service", ("03", "03"), ""),
        ("Termin", ("8-10", "9-11"), "window"),
    ],
)
def test_values_settle_what_a_heading_means(
    import_rows: Callable[..., ImportReport], heading: str, values: tuple[object, object], field: str
) -> None:
    """One column beside the street: its heading alone would not do."""
    others = ("Straße", heading, "Postcode") if heading == "Nr." else ("Street", heading, "Postcode")
    report = import_rows([others, ("High St", values[0], "LS1 1AA"), ("Low St", values[1], "LS1 1AB")])
    assert dict(report.sheets[0].columns).get("B", "") == field


def test_opening_without_a_break(import_rows) -> None:
    """Open 1 and close 2 alone are one window."""
    head = ("Address", "Open 1", "Close 1", "Open 2", "Close 2")
    report = import_rows(
        [head, ("1 High St", "9:00", None, None, "16:00"), ("2 High St", "8:00", "12:00", "13:00", "17:00")]
    )
    assert [len(order.windows) for order in report.orders] == [1, 2]
    assert (report.orders[0].windows[0].start_s, report.orders[0].windows[0].end_s) == (9 * 3600, 16 * 3600)


def test_tables_in_another_column_order(import_rows) -> None:
    """A second heading further down holds for the rows below it."""
    report = import_rows(
        [HEAD, ROWS[0], (), ("Customer", "Order", "Boxes", "Address"), ("Cy", "3", 4, "3 High St, Leeds")]
    )
    assert short(report) == [(2, "1", "1 High St, Leeds", 2), (5, "3", "3 High St, Leeds", 4)]
    assert "joined_tables" in told(report)
    assert len(report.orders) + report.skipped_lines == 5


def test_what_a_row_as_a_whole_says(import_rows) -> None:
    """A cancelled order and a lone word where addresses stand are kept and asked about; others are not."""
    report = import_rows(
        [
            ("Address", "Customer", "Boxes", "Status"),
            ("1 High St, Leeds", "Ann", 2, "confirmed"),
            ("2 High St, Leeds", "Bob", 1, "cancelled"),
            ("City centre",),
            ("3 High St, Leeds", "Cy", 1, "confirmed"),
        ]
    )
    assert [order.attention for order in report.orders] == [False, True, True, False]
    assert {"cancelled", "lone_text"} <= told(report)


def test_orders_without_addresses_beside_a_list_of_customers(import_rows) -> None:
    """The customers are no orders; what is read is at least said."""
    report = import_rows(
        [("Order", "Customer", "Boxes"), ("1", "Ann", 2)],
        Customers=[("Customer", "Address", "Phone"), ("Ann", "1 High St, Leeds", "0113 1")],
    )
    assert any(p.sheet == "Orders" and p.severity.value == "attention" for p in report.problems)


def test_columns_of_goods_without_a_sum(import_rows) -> None:
    """Bread, buns and cake side by side: none of them is the number of pieces."""
    report = import_rows(
        [("Customer", "Address", "Bread", "Buns", "Cake"), ("Ann", "Ring 1, Graz", 2, 20, 1)]
    )
    assert report.orders[0].quantity_milli == 1000
    assert "amount_columns" in told(report)

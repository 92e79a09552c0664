"""Text tables: separators, encodings, quoting, numbering."""

from __future__ import annotations

import pytest

from lastmile_desktop.model import TimeWindow

GERMAN = "Bestellnummer;Name;Straße;PLZ;Ort;Von;Bis;Kisten;Gewicht kg;Breitengrad;Längengrad\n" + "".join(
    f"LE-{n};Jürgen Groß;Hauptstraße {n};0415{n};Köln;08:00;10:00;{n};{n},5;51,36{n}803;12,353{n}\n"
    for n in range(1, 6)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "iso8859_15"])
def test_german_semicolon(csv_file, read, encoding: str) -> None:
    """Encodings are found out; decimal commas are numbers."""
    report = read(csv_file(GERMAN, encoding))
    assert report.ok, report.message
    order = report.orders[2]
    assert (order.id, order.name, order.address) == ("LE-3", "Jürgen Groß", "Hauptstraße 3, 04153 Köln")
    assert (order.quantity_milli, order.weight_g) == (3000, 3500)
    assert (order.location.lat, order.location.lon) == (51.363803, 12.3533)
    assert order.windows == (TimeWindow(8 * 3600, 10 * 3600),)
    remarks = [problem.category for problem in report.problems]
    assert remarks == ([] if encoding.startswith("utf") else ["encoding"])


def test_polish_cp1250(csv_file, read) -> None:
    """Central European letters are told from western ones."""
    report = read(
        csv_file("Odbiorca;Ulica;Miasto\nŁukasz Żółć;Świętej Anny 5;Łódź\nGrażyna;Długa 3;Łódź\n", "cp1250")
    )
    assert report.orders[0].name == "Łukasz Żółć"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("told", [False, True])
def test_separators(csv_file, read, separator: str, told: bool) -> None:
    """Four separators, with and without Excel's sep= line."""
    lines = [
        ["Order", "Name", "Address", "Notes"],
        ["1", "Ann", '"Main 1, 2nd floor; left"', "x"],
        ["2", "Bob", "Main 2", ""],
    ]
    text = "\r\n".join(separator.join(line) for line in lines)
    report = read(csv_file((f"sep={separator}\r\n" if told else "") + text))
    assert [order.address for order in report.orders] == ["Main 1, 2nd floor; left", "Main 2"]
    assert [order.source.row for order in report.orders] == [2, 3]
    assert report.orders[0].source.sheet == "orders"


def test_quoted_line_breaks_and_quotes(csv_file, read) -> None:
    """A record may span lines; rows count records."""
    report = read(csv_file('Address,Notes\nMain 1,"Ring ""twice""\nthen wait"\nMain 2,\n'))
    assert report.orders[0].notes == 'Ring "twice"\nthen wait'
    assert [order.source.row for order in report.orders] == [2, 3]


def test_title_lines_above_the_header(csv_file, read) -> None:
    """The header counts as row 1."""
    report = read(csv_file("Bakery;;\nTuesday 03.02.2026;;\nAddress;Qty;Notes\nMain 1;2;\n"))
    assert report.sheets[0].header_row == 1
    assert [order.source.row for order in report.orders] == [2]
    assert report.sheet_date is not None


def test_a_quote_never_closed_loses_no_row(csv_file, read) -> None:
    """One stray quotation mark must not swallow the rest of the file."""
    report = read(csv_file('Address,Notes\nMain 1,"opened\nMain 2,x\nMain 3,y\n'))
    assert [order.address for order in report.orders] == ["Main 1", "Main 2", "Main 3"]
    assert "quotes" in [problem.category for problem in report.problems]


def test_shopify_export(csv_file, read) -> None:
    """One row per item: one order, quantities added, the shipping columns used."""
    text = (
        "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Billing Name,Billing Street,"
        "Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Phone,Notes,Id\n"
        "#1001,a@example.org,paid,2026-11-01 10:00,2,Bread,"
        "Otto Payer,Bill St 1,Ann Lee,Ship St 1,Leeds,'01309,0123,Ring,99\n"
        "#1001,a@example.org,,,3,Rolls,,,,,,,,,\n"
        "#1002,b@example.org,paid,2026-11-01 11:00,1,Cake,"
        "Eve Payer,Bill St 2,Bob Ray,Ship St 2,Leeds,LS1 1AA,0124,,98\n"
    )
    report = read(csv_file(text))
    assert [(o.id, o.name, o.quantity_milli, o.phone) for o in report.orders] == [
        ("#1001", "Ann Lee", 5000, "0123"),
        ("#1002", "Bob Ray", 1000, "0124"),
    ]
    assert report.orders[0].address == "Ship St 1, Leeds 01309"
    assert all(order.delivery_date is None for order in report.orders)


def test_woocommerce_export(csv_file, read) -> None:
    """First and last name apart; the billing phone serves when there is no other."""
    text = (
        "order_number,order_date,shipping_first_name,shipping_last_name,shipping_address_1,shipping_address_2,"
        "shipping_city,shipping_postcode,billing_phone,customer_note,delivery_slot\n"
        "5600,2026-09-16,Ann,Lee,Main 5,Flat 2,Leeds,LS1 1AA,0123,Thanks,8:00 am - 12:00 pm\n"
    )
    order = read(csv_file(text)).orders[0]
    assert (order.name, order.phone, order.notes) == ("Ann Lee", "0123", "Thanks")
    assert order.address == "Main 5, Flat 2, Leeds LS1 1AA"
    assert order.windows == (TimeWindow(8 * 3600, 12 * 3600),)
    assert order.delivery_date is None


def test_text_without_a_table(csv_file, read) -> None:
    """Nonsense is one sentence that shows what was found."""
    report = read(csv_file("lorem,ipsum\ndolor,sit\n"))
    assert report.status == "error"
    assert "lorem, ipsum" in report.message


def test_a_column_of_nonsense(csv_file, read) -> None:
    """The rows stay; each doubtful cell is pointed out."""
    report = read(csv_file("Address,Lat,Lon,Qty\n" + "".join(f"Main {n},abc,xyz,{n}\n" for n in range(1, 4))))
    assert len(report.orders) == 3
    assert all(order.attention and order.location is None for order in report.orders)

"""Words of the made-up sheets: headings in twelve languages, and how each writes its windows and sums.

The headings are written down here on their own, not taken from the program: they are what people write.
"""

from __future__ import annotations

FIELDS = (
    "id",
    "name",
    "street",
    "number",
    "address2",
    "zip",
    "town",
    "lat",
    "lon",
    "window",
    "from",
    "to",
    "quantity",
    "weight",
    "service",
    "phone",
    "notes",
    "date",
    "priority",
)

#: Language -> one text a field, in the order of FIELDS, with variants between slashes.
HEADINGS: dict[str, str] = {
    "en": "Order no./Order #/Job ref/DO No.|Customer/Deliver to/Recipient name|Street/Address line 1"
    "|House no./House number|Address line 2/Apt|ZIP/Postcode/Postal code|City/Town|Lat/Latitude|Lng/Longitude"
    "|Time window/Delivery slot/Slot|From/Earliest/TW start/Not before|To/Latest/TW end/Deliver before"
    "|Qty/Boxes/No. of parcels|Weight (kg)/Weight/Gross weight kg"
    "|Service time (min)/Time at stop/Duration (min)|Phone/Mobile/Contact number"
    "|Notes/Driver notes/Instructions|Delivery date/Date|Priority/Prio",
    "de": "Auftragsnr./Bestellnummer/Lieferschein-Nr.|Kunde/Empfänger/Kundenname|Straße/Strasse|Hausnr./HNr"
    "|Adresszusatz/Zusatz|PLZ/Postleitzahl|Ort/Stadt|Breitengrad/Geogr. Breite|Längengrad/Geogr. Länge"
    "|Zeitfenster/Lieferzeit/Wunschzeit|Von/Ab/frühestens/Zeitfenster von|Bis/spätestens/Zeitfenster bis"
    "|Anzahl Kisten/Menge/Stück/Pakete|Gewicht (kg)/Gewicht/Gesamtgewicht kg"
    "|Standzeit (Min.)/Entladezeit/Dauer|Telefon/Handy/Tel."
    "|Bemerkung/Hinweis/Lieferhinweis|Lieferdatum/Datum|Priorität/Prio",
    "fr": "N° commande/Référence/N° BL|Client/Destinataire/Raison sociale|Rue/Voie|N° de rue/Numéro de rue"
    "|Complément d'adresse/Complément|Code postal/CP|Ville/Commune|Latitude/Lat|Longitude/Lng"
    "|Créneau horaire/Créneau/Plage horaire|De/À partir de/Heure début|À/Jusqu'à/Heure fin/Au plus tard"
    "|Colis/Nb colis/Quantité/Qté|Poids (kg)/Poids|Durée visite (min)/Temps sur place|Téléphone/Tél./Portable"
    "|Commentaire/Consignes/Remarques|Date de livraison/Date|Priorité",
    "es": "Nº pedido/Pedido/Referencia/Albarán|Cliente/Destinatario|Calle/Vía|Número/Portal"
    "|Complemento/Piso|Código postal/CP|Población/Ciudad/Localidad|Latitud|Longitud"
    "|Franja horaria/Horario/Ventana|Desde/Hora inicio/Desde la hora|Hasta/Hora fin/Hasta la hora"
    "|Bultos/Cantidad/Cajas|Peso (kg)/Peso|Tiempo de servicio (min)/Duración|Teléfono/Móvil"
    "|Observaciones/Notas/Comentario|Fecha de entrega/Fecha|Prioridad",
    "it": "N. ordine/Ordine/Riferimento/DDT|Destinatario/Cliente/Ragione sociale|Via|Civico/N. civico"
    "|Interno/Scala|CAP|Città/Comune/Località|Latitudine|Longitudine|Fascia oraria/Orario|Dalle/Ora inizio"
    "|Alle/Ora fine/Entro|Colli/Quantità/Q.tà|Peso (kg)/Peso lordo|Tempo di sosta (min)/Durata"
    "|Telefono/Cellulare|Note/Annotazioni|Data consegna/Data|Priorità",
    "nl": "Bestelnummer/Ordernummer/Referentie|Klant/Ontvanger/Naam|Straat|Huisnummer/Huisnr"
    "|Toevoeging|Postcode|Plaats/Woonplaats|Breedtegraad|Lengtegraad|Tijdvak/Tijdvenster/Bezorgmoment"
    "|Van/Vanaf|Tot/Uiterlijk|Aantal/Aantal dozen/Colli|Gewicht (kg)/Gewicht|Lostijd (min)/Stoptijd"
    "|Telefoon/Mobiel|Opmerkingen/Opmerking|Bezorgdatum/Datum|Prioriteit",
    "pl": "Nr zamówienia/Numer przesyłki/Nr zlecenia|Odbiorca/Klient/Nazwa|Ulica|Nr domu|Nr lokalu"
    "|Kod pocztowy|Miasto/Miejscowość|Szerokość geogr.|Długość geogr.|Okno czasowe/Godzina dostawy"
    "|Od/Godzina od|Do/Godzina do|Ilość/Liczba paczek|Waga (kg)/Waga|Czas obsługi (min)/Czas rozładunku"
    "|Telefon/Tel. kontaktowy|Uwagi/Komentarz|Data dostawy|Priorytet",
    "pt": "N.º encomenda/Encomenda/Referência|Cliente/Destinatário|Rua|Número|Andar/Complemento"
    "|Código postal|Localidade/Cidade|Latitude|Longitude|Janela horária/Horário|Das/Início|Às/Até"
    "|Volumes/Quantidade/Caixas|Peso (kg)/Peso|Duração da visita (min)/Tempo de serviço"
    "|Telemóvel/Telefone|Observações/Notas|Data de entrega/Data|Prioridade",
    "da": "Ordrenr.|Kunde|Gade|Husnr.|Etage|Postnr.|By|Breddegrad|Længdegrad|Leveringstid|Fra|Til|Antal|Vægt"
    "|Servicetid|Telefon|Bemærkning|Leveringsdato|Prioritet",
    "sv": "Ordernummer|Kund|Gata|Husnummer|Våning|Postnummer|Ort|Latitud|Longitud|Tidsfönster|Från|Till|Antal"
    "|Vikt|Servicetid|Telefon|Anmärkning|Leveransdatum|Prioritet",
    "nb": "Ordrenr|Mottaker|Gate|Husnr|Etasje|Postnr|Poststed|Breddegrad|Lengdegrad|Leveringstid|Fra|Til"
    "|Antall"
    "|Vekt|Servicetid|Telefon|Merknad|Leveringsdato|Prioritet",
    "cs": "Číslo objednávky|Zákazník|Ulice|Číslo domu|Patro|PSČ|Město|Zeměpisná šířka|Zeměpisná délka"
    "|Časové okno|Od|Do|Počet kusů|Hmotnost|Doba obsluhy|Telefon|Poznámka|Datum dodání|Priorita",
}
#: Languages that the program does not promise: what it does not know it must name, never mistake.
UNPROMISED = frozenset(["da", "sv", "nb", "cs"])

#: Periods from {a} to {b} o'clock that read the same everywhere, and those of one language.
PERIODS = ("{a}-{b}", "{a}:00-{b}:00", "{a:02d}:00 – {b:02d}:00", "{a}.00-{b}.00", "{a:02d}00-{b:02d}00")
PERIODS_OF = {
    "en": ("{a}:00 to {b}:00", "between {a}:00 and {b}:00", "{a} - {b} h"),
    "de": ("{a}-{b} Uhr", "von {a} bis {b} Uhr", "{a}:00 bis {b}:00"),
    "fr": ("{a}h-{b}h", "de {a}h à {b}h", "{a}h00 - {b}h00"),
    "es": ("de {a}:00 a {b}:00", "{a}:00 a {b}:00"),
    "it": ("dalle {a} alle {b}", "{a}:00 - {b}:00"),
    "nl": ("{a}:00 tot {b}:00", "van {a} tot {b} uur"),
    "pl": ("od {a} do {b}", "{a}:00 do {b}:00"),
    "pt": ("das {a}:00 às {b}:00", "{a}h-{b}h"),
}
#: (text, is the start): one side open at {a} o'clock.
OPEN_ENDS = {
    "en": (("after {a}:00", True), ("before {a}:00", False), ("by {a}:00", False)),
    "de": (("ab {a} Uhr", True), ("bis {a} Uhr", False), ("vor {a}:00", False)),
    "fr": (("à partir de {a}h", True), ("avant {a}h", False)),
    "es": (("desde las {a}:00", True), ("antes de las {a}:00", False)),
    "it": (("dalle {a}", True), ("entro le {a}", False)),
    "nl": (("vanaf {a}:00", True), ("voor {a}:00", False)),
    "pl": (("od {a}:00", True), ("do {a}:00", False)),
    "pt": (("a partir das {a}:00", True), ("até às {a}:00", False)),
}
SUMS = {
    "en": ("Total", "Grand total", "Subtotal"),
    "de": ("Summe", "Gesamt", "Zwischensumme"),
    "fr": ("Total", "Somme"),
    "es": ("Total", "Suma"),
    "it": ("Totale", "Somma"),
    "nl": ("Totaal", "Som"),
    "pl": ("Razem", "Suma"),
    "pt": ("Total", "Soma"),
}
SECTIONS = {
    "en": ("Route {n}", "Morning run", "Van {n}", "Driver: Pete"),
    "de": ("Tour {n}", "Vormittag", "Fahrer: Meier", "Tour Nord"),
    "fr": ("Tournée {n}", "Matin", "Chauffeur : Luc"),
    "es": ("Ruta {n}", "Mañana", "Conductor: Ana"),
    "it": ("Giro {n}", "Mattina", "Autista: Ugo"),
    "nl": ("Rit {n}", "Ochtend", "Chauffeur: Jan"),
    "pl": ("Trasa {n}", "Rano", "Kierowca: Jan"),
    "pt": ("Rota {n}", "Manhã", "Motorista: Rui"),
}
STREETS = {
    "en": ("High Street", "Old Mill Lane", "St. John's Road"),
    "de": ("Hauptstraße", "Am Alten Markt", "Goethestr."),
    "fr": ("rue de la Paix", "avenue Victor Hugo"),
    "es": ("Calle Mayor", "Avenida del Puerto"),
    "it": ("Via Roma", "Piazza Dante"),
    "nl": ("Kerkstraat", "Oude Gracht"),
    "pl": ("Długa", "Plac Wolności"),
    "pt": ("Rua Augusta", "Avenida da Liberdade"),
}
NAMES = (
    "Anna Müller",
    "Café Kranz",
    "O'Neil & Sons",
    "Łukasz Żak",
    "Bäckerei Zöller GmbH",
    "María José",
    "+cmd|x",
)
TOWNS = ("Musterstadt", "Sainte-Anne", "Villanueva", "Westkapelle", "Nowa Wieś", "Bridgeton")
NOTES = (
    "Ring twice",
    "Code 4711, 2nd floor",
    "Bitte klingeln",
    "2x läuten; Hund",
    "Total is paid",
    "à déposer",
)
#: Columns that say nothing about a stop; none of them may be taken for one that does.
DECOYS = {
    "en": ("Customer no.", "Order date", "Price", "Item description", "Billing address", "Payment method"),
    "de": ("Kundennr.", "Bestelldatum", "Preis", "Artikel", "Rechnungsadresse", "Zahlungsart"),
    "fr": ("N° client", "Date de commande", "Prix", "Article", "Adresse de facturation", "Mode de paiement"),
    "es": ("Nº cliente", "Fecha pedido", "Precio", "Artículo", "Dirección de facturación", "Forma de pago"),
    "it": ("Codice cliente", "Data ordine", "Prezzo", "Articolo", "Indirizzo di fatturazione", "Pagamento"),
    "nl": ("Klantnr", "Besteldatum", "Prijs", "Artikel", "Factuuradres", "Betaalwijze"),
    "pl": ("Nr klienta", "Data zamówienia", "Cena", "Towar", "Adres do faktury", "Forma płatności"),
    "pt": ("Nº cliente", "Data da encomenda", "Preço", "Artigo", "Morada de faturação", "Pagamento"),
}
DECOY_VALUES = ("K-20{n}", "2026-11-0{d}", "12,50 €", "Brot", "Nebenweg 9, 99999 Anderswo", "PayPal")
BAD_WINDOWS = ("after lunch maybe", "tbc", "12:00-9:00", "call first", "25:00-26:00")
BAD_AMOUNTS = ("many", "3-4", "50 %", "a few", -3)

"""The words of the template in each language; headings are among those that the importer knows."""

from __future__ import annotations

from dataclasses import dataclass

#: The columns of the orders, vehicles and depot sheets, by the importer's names.
ORDER_FIELDS = (
    "id", "name", "street", "postcode", "town", "lat", "lon", "window_start", "window_end", "quantity",
    "weight", "service", "phone", "notes", "skills", "priority",
)  # fmt: skip
VEHICLE_FIELDS = ("name", "driver", "capacity", "capacity_kg", "shift_start", "shift_end")
DEPOT_FIELDS = ("name", "street", "postcode", "town", "lat", "lon")


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """One language: sheet names, headings and what belongs under each, in the order of the fields."""

    sheets: tuple[str, str, str, str]
    orders: tuple[str, ...]
    vehicles: tuple[str, ...]
    depots: tuple[str, ...]
    high: str
    low: str
    guide: tuple[str, str, str]
    meanings: tuple[str, ...]
    start: str


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in " ".join(text.split()).split("|"))


#: Example values that are the same in every language.
EXAMPLES = (
    "B-1001", "Anna Müller", "Hauptstr. 5", "10115", "Berlin", "52.53207", "13.38486", "09:00",
    "12:00", "3",
    "12.5", "5", "030 1234567", "2. OG", "lift", "",
)  # fmt: skip

LANGUAGES: dict[str, TemplateWords] = {
    "en": TemplateWords(
        ("Orders", "Vehicles", "Depot", "How to fill in"),
        _split("Order number|Customer|Street and number|Postcode|Town|Latitude|Longitude|Earliest"
               "|Latest|Boxes"
               "|Weight (kg)|Service (min)|Phone|Notes|Skills|Priority"),
        _split("Vehicle|Driver|Capacity (boxes)|Max weight (kg)|Shift start|Shift end"),
        _split("Depot|Street and number|Postcode|Town|Latitude|Longitude"),
        "high", "low", ("Column", "What belongs here", "Example"),
        _split("Your own number; leave it empty if you have none|Who gets it|Street with house number"
               "|As on a letter|Town|Only if you know it; it is more exact than the address|As latitude"
               "|Not before; empty = any time|Not after; empty = any time|How many pieces"
               "|All pieces together"
               "|Minutes at the door; empty = the usual|For the driver|For the driver"
               "|What the vehicle must have, with commas|high or low; empty = normal"),
        "Each order is one line. Only the address or the position is needed; any other column may "
        "stay empty.",
    ),
    "de": TemplateWords(
        ("Aufträge", "Fahrzeuge", "Depot", "Anleitung"),
        _split("Auftragsnummer|Kunde|Straße und Hausnummer|PLZ|Ort|Breitengrad|Längengrad"
               "|Frühestens|Spätestens"
               "|Kisten|Gewicht (kg)|Standzeit (min)|Telefon|Bemerkung|Anforderungen|Priorität"),
        _split("Fahrzeug|Fahrer|Kapazität Kisten|Nutzlast (kg)|Schichtbeginn|Schichtende"),
        _split("Depot|Straße und Hausnummer|PLZ|Ort|Breitengrad|Längengrad"),
        "hoch", "niedrig", ("Spalte", "Was hier steht", "Beispiel"),
        _split("Ihre eigene Nummer; leer, wenn es keine gibt|Wer es bekommt|Straße mit Hausnummer"
               "|Wie auf einem Brief|Ort|Nur wenn bekannt; genauer als die Adresse|Wie Breitengrad"
               "|Nicht vorher; leer = jederzeit|Nicht nachher; leer = jederzeit|Wie viele Stücke"
               "|Alle Stücke zusammen|Minuten an der Tür; leer = wie üblich|Für den Fahrer|Für den Fahrer"
               "|Was das Fahrzeug haben muss, mit Kommas|hoch oder niedrig; leer = normal"),
        "Jeder Auftrag ist eine Zeile. Nötig ist nur die Adresse oder die Position; alles andere "
        "darf leer sein.",
    ),
    "fr": TemplateWords(
        ("Commandes", "Véhicules", "Dépôt", "Mode d'emploi"),
        _split("N° commande|Client|Adresse|Code postal|Ville|Latitude|Longitude|Au plus tôt"
               "|Au plus tard|Colis"
               "|Poids (kg)|Durée (min)|Téléphone|Commentaire|Compétences|Priorité"),
        _split("Véhicule|Chauffeur|Capacité|Charge utile (kg)|Heure début|Heure fin"),
        _split("Dépôt|Adresse|Code postal|Ville|Latitude|Longitude"),
        "haute", "basse", ("Colonne", "Ce qu'on y écrit", "Exemple"),
        _split("Votre numéro; vide s'il n'y en a pas|Qui reçoit|Rue et numéro|Comme sur une lettre|Ville"
               "|Seulement si vous la connaissez; plus précise que l'adresse|Comme la latitude"
               "|Pas avant; vide = toute la journée|Pas après; vide = toute la journée|Nombre de pièces"
               "|Toutes les pièces ensemble|Minutes à la porte; vide = comme d'habitude|Pour le chauffeur"
               "|Pour le chauffeur|Ce qu'il faut au véhicule, avec des virgules"
               "|haute ou basse; vide = normale"),
        "Une ligne par commande. Seule l'adresse ou la position est nécessaire; le reste peut rester vide.",
    ),
    "es": TemplateWords(
        ("Pedidos", "Vehículos", "Depósito", "Instrucciones"),
        _split("Nº pedido|Cliente|Dirección|Código postal|Ciudad|Latitud|Longitud|Desde|Hasta"
               "|Bultos|Peso (kg)"
               "|Tiempo de servicio (min)|Teléfono|Observaciones|Habilidades|Prioridad"),
        _split("Vehículo|Conductor|Capacidad|Carga útil (kg)|Hora inicio|Hora fin"),
        _split("Depósito|Dirección|Código postal|Ciudad|Latitud|Longitud"),
        "alta", "baja", ("Columna", "Qué se escribe", "Ejemplo"),
        _split("Su número; vacío si no hay|Quién lo recibe|Calle y número|Como en una carta|Ciudad"
               "|Solo si se conoce; es más exacta que la dirección|Como la latitud"
               "|No antes; vacío = todo el día"
               "|No después; vacío = todo el día|Número de piezas|Todas las piezas juntas"
               "|Minutos en la puerta; vacío = lo habitual|Para el conductor|Para el conductor"
               "|Lo que necesita el vehículo, con comas|alta o baja; vacío = normal"),
        "Cada pedido es una línea. Solo hace falta la dirección o la posición; lo demás puede "
        "quedar vacío.",
    ),
    "it": TemplateWords(
        ("Ordini", "Veicoli", "Deposito", "Istruzioni"),
        _split("N. ordine|Cliente|Indirizzo|CAP|Città|Latitudine|Longitudine|Dalle|Entro|Colli|Peso (kg)"
               "|Tempo di sosta (min)|Telefono|Annotazioni|Requisiti|Priorità"),
        _split("Veicolo|Autista|Capacità|Portata (kg)|Ora inizio|Ora fine"),
        _split("Deposito|Indirizzo|CAP|Città|Latitudine|Longitudine"),
        "alta", "bassa", ("Colonna", "Che cosa si scrive", "Esempio"),
        _split("Il vostro numero; vuoto se non c'è|Chi riceve|Via e numero|Come su una lettera|Città"
               "|Solo se la si conosce; più precisa dell'indirizzo|Come la latitudine"
               "|Non prima; vuoto = tutto il giorno|Non dopo; vuoto = tutto il giorno|Numero di pezzi"
               "|Tutti i pezzi insieme|Minuti alla porta; vuoto = come al solito|Per l'autista"
               "|Per l'autista"
               "|Che cosa deve avere il veicolo, con virgole|alta o bassa; vuoto = normale"),
        "Ogni ordine è una riga. Serve solo l'indirizzo o la posizione; il resto può restare vuoto.",
    ),
    "nl": TemplateWords(
        ("Bestellingen", "Voertuigen", "Depot", "Uitleg"),
        _split("Bestelnummer|Klant|Adres|Postcode|Plaats|Breedtegraad|Lengtegraad|Vanaf|Uiterlijk|Dozen"
               "|Gewicht (kg)|Lostijd (min)|Telefoon|Opmerkingen|Vaardigheden|Prioriteit"),
        _split("Voertuig|Chauffeur|Capaciteit|Laadvermogen (kg)|Starttijd|Eindtijd"),
        _split("Depot|Adres|Postcode|Plaats|Breedtegraad|Lengtegraad"),
        "hoog", "laag", ("Kolom", "Wat hier staat", "Voorbeeld"),
        _split("Uw eigen nummer; leeg als er geen is|Wie het krijgt|Straat met huisnummer"
               "|Zoals op een brief"
               "|Plaats|Alleen als u die weet; nauwkeuriger dan het adres|Zoals de breedtegraad"
               "|Niet eerder; leeg = de hele dag|Niet later; leeg = de hele dag|Hoeveel stuks"
               "|Alle stuks samen"
               "|Minuten aan de deur; leeg = zoals gewoonlijk|Voor de chauffeur|Voor de chauffeur"
               "|Wat het voertuig moet hebben, met komma's|hoog of laag; leeg = normaal"),
        "Elke bestelling is een regel. Alleen het adres of de positie is nodig; de rest mag leeg blijven.",
    ),
    "pl": TemplateWords(
        ("Zamówienia", "Pojazdy", "Baza", "Instrukcja"),
        _split("Nr zamówienia|Klient|Adres|Kod pocztowy|Miasto|Szerokość geogr.|Długość geogr.|Godzina od"
               "|Godzina do|Liczba paczek|Waga (kg)|Czas obsługi (min)|Telefon|Uwagi|Wymagania|Priorytet"),
        _split("Pojazd|Kierowca|Pojemność|Ładowność (kg)|Początek pracy|Koniec pracy"),
        _split("Baza|Adres|Kod pocztowy|Miasto|Szerokość geogr.|Długość geogr."),
        "wysoki", "niski", ("Kolumna", "Co tu wpisać", "Przykład"),
        _split("Własny numer; puste, jeśli go nie ma|Kto odbiera|Ulica z numerem|Jak na liście|Miasto"
               "|Tylko jeśli znana; dokładniejsza niż adres|Jak szerokość|Nie wcześniej; puste = cały dzień"
               "|Nie później; puste = cały dzień|Liczba sztuk|Wszystkie sztuki razem"
               "|Minuty przy drzwiach; puste = jak zwykle|Dla kierowcy|Dla kierowcy"
               "|Co musi mieć pojazd, po przecinku|wysoki lub niski; puste = normalny"),
        "Każde zamówienie to jeden wiersz. Potrzebny jest tylko adres albo pozycja; reszta może "
        "zostać pusta.",
    ),
    "pt": TemplateWords(
        ("Pedidos", "Veículos", "Armazém", "Instruções"),
        _split("Nº pedido|Cliente|Morada|Código postal|Localidade|Latitude|Longitude|Hora início"
               "|Hora fim|Volumes"
               "|Peso (kg)|Tempo de serviço (min)|Telefone|Observações|Requisitos|Prioridade"),
        _split("Veículo|Motorista|Capacidade|Carga máxima (kg)|Hora de início|Hora de fim"),
        _split("Armazém|Morada|Código postal|Localidade|Latitude|Longitude"),
        "alta", "baixa", ("Coluna", "O que se escreve", "Exemplo"),
        _split("O seu número; vazio se não houver|Quem recebe|Rua e número|Como numa carta|Localidade"
               "|Só se a souber; mais exata do que a morada|Como a latitude|Não antes; vazio = todo o dia"
               "|Não depois; vazio = todo o dia|Número de peças|Todas as peças juntas"
               "|Minutos à porta; vazio = o habitual|Para o motorista|Para o motorista"
               "|O que o veículo tem de ter, com vírgulas|alta ou baixa; vazio = normal"),
        "Cada pedido é uma linha. Só é precisa a morada ou a posição; o resto pode ficar vazio.",
    ),
}  # fmt: skip

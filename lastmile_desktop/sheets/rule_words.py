"""Headings of the columns that hold rules: who may bring an order, what belongs together, what is late.

In the form of ``vocabulary``. A word that is also an everyday heading (group, position, shipment) is left
out: a rule must never be read into a column that says something else.
"""

from __future__ import annotations

ORDER_RULE_WORDS: dict[str, str] = {
    "setup": """setup time|set up time|setup min|setup minutes|parking time|parking minutes
        |access time|time to park|Rüstzeit|Parkzeit|Parkplatzsuche|temps de stationnement
        |temps d accès|tiempo de aparcamiento|tempo di parcheggio|parkeertijd|czas parkowania
        |tempo de estacionamento""",
    "late_price": """late price|lateness price|price of lateness|price per hour late|late cost
        |late cost per hour|lateness cost|Verspätungspreis|Preis der Verspätung|Verspätungskosten
        |coût du retard|prix du retard|coste de retraso|costo del ritardo|prijs te laat
        |koszt spóźnienia|custo do atraso""",
    "max_late": """max late|max lateness|most late|late at most|allowed lateness|window tolerance
        |time tolerance|max delay|grace|Max Verspätung|Verspätung höchstens|Zeittoleranz|Kulanz
        |retard max|retard toléré|retraso máximo|ritardo massimo|max vertraging|maks opóźnienie
        |atraso máximo""",
    "only_vehicles": """only vehicle|only vehicles|only driver|only drivers|only van|only vans
        |allowed vehicles|allowed drivers|must be driver|must be vehicle|required driver
        |required vehicle|nur Fahrzeug|nur Fahrzeuge|nur Fahrer|erlaubte Fahrzeuge|erlaubte Fahrer
        |fester Fahrer|seulement chauffeur|uniquement chauffeur|solo conductor|solo vehículo
        |solo autista|alleen chauffeur|tylko kierowca|só motorista""",
    "barred_vehicles": """never driver|never vehicle|never van|not driver|not vehicle
        |excluded driver|excluded drivers|excluded vehicle|excluded vehicles|barred driver
        |barred vehicles|banned driver|not with driver|nicht Fahrer|kein Fahrer|nicht Fahrzeug
        |ausgeschlossene Fahrer|ausgeschlossener Fahrer|ausgeschlossene Fahrzeuge|jamais chauffeur
        |chauffeur exclu|conductor excluido|autista escluso|niet chauffeur|bez kierowcy
        |motorista excluído""",
    "preferred_driver": """preferred driver|favourite driver|favorite driver|usual driver
        |regular driver|preferred vehicle|preferred van|Wunschfahrer|Stammfahrer|bevorzugter Fahrer
        |Lieblingsfahrer|bevorzugtes Fahrzeug|chauffeur préféré|chauffeur habituel
        |conductor preferido|conductor habitual|autista preferito|autista abituale|vaste chauffeur
        |voorkeurschauffeur|preferowany kierowca|stały kierowca|motorista preferido
        |motorista habitual""",
    "pair": """pickup delivery pair|pickup and delivery pair|transfer|transfer id|pair|pair id
        |pair no|collect and bring|linked order|Paar|Paarnummer|Abholung und Lieferung|Umfuhr|paire
        |transfert|pareja|traslado|coppia|trasferimento|koppel|koppeling|para zleceń|transferência""",
    "same_van": """same van|same vehicle|same truck|same driver|keep together|together with
        |goes with|gleiches Fahrzeug|selbes Fahrzeug|gleicher Fahrer|zusammen mit|même véhicule
        |mismo vehículo|stesso mezzo|stesso veicolo|zelfde voertuig|zelfde bus|ten sam pojazd
        |mesmo veículo""",
    "first_last": """first last|first or last|first or last stop|first last stop|stop order rule
        |zuerst zuletzt|zuerst oder zuletzt|Erster Letzter|premier ou dernier|primero o último
        |primo o ultimo|eerst of laatst|pierwszy lub ostatni|primeiro ou último""",
    "after_orders": """after order|after orders|only after order|comes after order
        |deliver after order|nach Auftrag|erst nach Auftrag|nach Bestellung|après commande
        |después de pedido|dopo ordine|na bestelling|po zamówieniu|depois da encomenda""",
}

VEHICLE_RULE_WORDS: dict[str, str] = {
    "overtime": """overtime|max overtime|most overtime|overtime allowed|overtime minutes
        |overtime hours|Überstunden|Überstunden max|Überzeit|heures supplémentaires|heures sup
        |horas extra|straordinario|straordinari|overuren|nadgodziny|horas extraordinárias""",
    "overtime_price": """overtime price|overtime rate|overtime cost|overtime per hour
        |cost of overtime|Überstundensatz|Überstundenzuschlag|Überstundenkosten|Überstundenpreis
        |prix heure supplémentaire|precio hora extra|costo straordinario|overurentarief
        |stawka nadgodzin|custo hora extra""",
    "trips": """trips|max trips|trips per day|number of trips|loads per day|rounds|max rounds
        |Fahrten|Fahrten pro Tag|Runden|Max Runden|Ladungen pro Tag|rotations|tours par jour|viajes
        |viajes por día|viaggi|ritten|max ritten|liczba kursów|kursy|viagens""",
    "reload": """reload|reload time|reloading time|reload minutes|loading time|Ladezeit|Beladezeit
        |Nachladezeit|temps de chargement|temps de rechargement|tiempo de carga|tempo di carico
        |laadtijd|czas załadunku|tempo de carga""",
}

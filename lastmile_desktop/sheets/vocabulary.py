"""The words that people write above their columns, in eight languages, as data.

Each field maps to words separated by ``|``, one line a language (en de fr es it nl pl pt). Words are folded
(case, accents, signs) before they are compared, so ``Straße`` here finds ``STRASSE`` in a sheet.
"""

from __future__ import annotations

from lastmile_desktop.sheets.rule_words import ORDER_RULE_WORDS, VEHICLE_RULE_WORDS

ORDER_WORDS: dict[str, str] = {
    "id": """stop|drop|drop no
        |order|order id|order no|order number|order ref|order reference|reference|reference no
        |ref|ref no|job|job id
        |job ref|job no|do no|d o no|delivery no|delivery id|delivery number|invoice no
        |invoice number|ticket|ticket no
        |stop id|stop no|id|no|number|consignment|consignment no|shipment|shipment id
        |shipment no|tracking no|docket
        |order name|po number|po no
        |Auftrag|Auftragsnr|Auftragsnummer|Auftrags Nr|Auftrag Nr|Bestellnr|Bestellnummer
        |Bestell Nr|Bestellung
        |Bestellung Nr|Lieferschein|Lieferscheinnr|Lieferscheinnummer|Lieferschein Nr|Beleg
        |Belegnr|Belegnummer|Sendung
        |Sendungsnr|Sendungsnummer|Nr|Nummer|Lfd Nr|Vorgang|Vorgangsnummer|Referenz
        |Auftrags ID|Bestell ID
        |n commande|no commande|commande|numéro de commande|numéro commande|référence|réf|BL
        |no BL|numéro
        |no pedido|pedido|número de pedido|referencia|expedición|albarán|no documento|número
        |núm
        |n ordine|no ordine|ordine|numero ordine|riferimento|DDT|n DDT|numero|rif
        |ordernummer|ordernr|bestelnummer|bestelnr|referentie|opdracht|opdrachtnr
        |opdrachtnummer
        |nr zamówienia|zamówienie|numer zamówienia|numer przesyłki|nr zlecenia|zlecenie|WZ
        |numer
        |encomenda|no encomenda|n encomenda|número da encomenda|guia""",
    "name": """location name|place name|site name|site|customer|customer name|client|client name|name
        |full name|recipient|recipient name
        |consignee|deliver to
        |company|company name|shop|store|attn|attention|account|business|ship to|ship name
        |delivery name|stop name
        |customer company|receiver|household|addressee
        |Kunde|Kundenname|Kundin|Empfänger|Empfängername|Name|Firma|Firmenname|Name 1
        |Lieferadresse Name|Lieferkunde|Abnehmer
        |Kunde Name|Kundenbezeichnung|Filiale
        |client|nom|nom du client|nom client|destinataire|société|raison sociale|nom complet
        |cliente|nombre|destinatario|empresa|razón social|nombre del cliente
        |cliente|destinatario|nome|nominativo|ragione sociale|nome cliente
        |naam|klant|klantnaam|ontvanger|bedrijf|bedrijfsnaam
        |klient|odbiorca|nazwa|imię i nazwisko|firma|nazwa klienta
        |cliente|nome|destinatário|empresa|nome do cliente""",
    "first_name": """first name|firstname|given name|forename|Vorname|prénom|nombre de pila|voornaam|imię
        |primeiro nome""",
    "last_name": """last name|lastname|surname|family name|Nachname|Familienname|nom de famille|apellido
        |apellidos|cognome
        |achternaam|nazwisko|apelido|sobrenome""",
    "contact": """contact|contact name|contact person|Ansprechpartner|Ansprechpartnerin|Kontakt
        |Kontaktperson|interlocuteur
        |contacto|persona de contacto|contatto|referente|contactpersoon|osoba kontaktowa
        |contato|Name 2""",
    "address": """address|location|destination|full address|delivery address|shipping address|ship to address
        |drop off address|dropoff address
        |customer address|site address|postal address|location address|delivery location
        |delivery point
        |Adresse|Anschrift|Lieferadresse|Lieferanschrift|Kundenadresse|Zustelladresse
        |Zieladresse|Empfängeradresse
        |adresse|adresse de livraison|adresse complète|adresse client|lieu de livraison
        |dirección|domicilio|dirección de entrega|dirección completa
        |indirizzo|indirizzo di consegna|indirizzo completo
        |adres|afleveradres|bezorgadres|leveradres|volledig adres
        |adres|adres dostawy|pełny adres|adres klienta
        |morada|endereço|morada de entrega|endereço de entrega|morada completa""",
    "street": """street|address 1 2|street address|street name|address line 1|address line
        |address 1|addr 1|addr
        |ship address 1|street 1|road
        |street and number|street no|street and house number|street number name
        |Straße|Str|Straße und Hausnr|Straße und Hausnummer|Straße Hausnummer|Straße Hausnr
        |Straße Nr|Straße und Nr
        |Lieferstraße|Strassenname|Adresse 1|Adresszeile 1|Straße 1
        |voie|rue|adresse 1|adresse ligne 1|nom de la rue|numéro et rue
        |calle|vía|calle y número|dirección 1
        |via|indirizzo 1|via e numero
        |straat|straatnaam|straat en huisnummer|adresregel 1
        |ulica|ulica i numer|ul
        |rua|morada 1|endereço 1""",
    "house_number": """house number|house no|house|street number|building no|Hausnr|Hausnummer|HNr|Haus Nr
        |numéro de rue
        |n de rue|portal|civico|n civico|numero civico|huisnummer|huisnr|nr domu|numer domu
        |porta|número da porta""",
    "address_2": """address line 2|address 2|addr 2|apt|apartment|suite|floor|flat|ship address 2|street 2
        |building|unit no|apt suite
        |address line 3
        |Adresszusatz|Zusatz|Etage|Stockwerk|Adresszeile 2|Adresse 2|Straße 2|Wohnung
        |Hausnummernzusatz
        |complément|complément d adresse|étage|adresse 2|bâtiment
        |complemento|piso|puerta|dirección 2|interno|scala|piano|indirizzo 2
        |toevoeging|verdieping|huisnummer toevoeging|adresregel 2|nr lokalu|numer lokalu
        |piętro|mieszkanie
        |andar|morada 2""",
    "postcode": """zip|zip code|zipcode|postcode|post code|postal code|postalcode|eircode|postal|PLZ
        |Postleitzahl|code postal|CP
        |código postal|CAP|codice postale|postcode|kod pocztowy|kod|CEP|código postal
        |Liefer PLZ|Empfänger PLZ""",
    "town": """city|town|city town|town city|locality|postcode town|postcode and town|postcode city
        |zip city|city zip|town postcode
        |city state zip|city and zip|municipality|village
        |Ort|Stadt|Wohnort|PLZ Ort|PLZ und Ort|PLZ Stadt|Ort PLZ|Lieferort|Gemeinde|Ortschaft
        |ville|commune|localité|CP ville|code postal ville
        |ciudad|población|localidad|municipio|CP población
        |città|comune|località|cap città
        |plaats|woonplaats|stad|postcode plaats|gemeente
        |miasto|miejscowość|kod miasto
        |localidade|cidade|concelho""",
    "district": """district|suburb|neighbourhood|neighborhood|borough|area|Ortsteil|Stadtteil|Bezirk
        |quartier|arrondissement|barrio
        |distrito|quartiere|wijk|dzielnica|bairro|freguesia""",
    "region": """state|province|county|region|state province|Bundesland|Kanton|Land Kreis|département
        |provincia|provincie
        |województwo|estado""",
    "country": """country|country code|Land|Staat|pays|país|paese|nazione|kraj|ländercode|country name""",
    "lat": """lat|latitude|geo lat|gps lat|gps latitude|latitude deg|Breitengrad|geogr Breite
        |geographische Breite|latitud
        |latitudine|breedtegraad|szerokość geogr|szerokość geograficzna|stop lat
        |lat coordinate|delivery lat""",
    "lon": """lon|lng|long|longitude|geo lon|geo lng|gps lon|gps lng|gps long|gps longitude
        |Längengrad|geogr Länge
        |geographische Länge|longitud|longitudine|lengtegraad|długość geogr
        |długość geograficzna|stop lon|stop lng|delivery lon
        |delivery lng""",
    "coordinates": """coordinates|coordinate|coords|coord|gps|gps coordinates|lat lng|lat lon|lat long
        |latlng|latlon|lat longitude
        |latitude longitude|geo|geo location|geolocation|geo position|position|Koordinaten
        |GPS Koordinaten|Geokoordinaten
        |coordonnées GPS|coordonnées|coordenadas|coordenadas GPS|coordinate GPS|coördinaten
        |współrzędne|pin|gps position""",
    "window": """time window|time windows|window|slot|time slot|timeslot|delivery slot|delivery time
        |delivery window|time|times|hours
        |opening hours|opening times|when|deliver between|delivery between|between
        |preferred time|delivery time window|eta window
        |delivery hours|receiving hours|time frame|timeframe|delivery time frame|availability
        |available
        |Zeitfenster|Lieferzeit|Lieferzeitfenster|Wunschzeit|Uhrzeit|Öffnungszeit
        |Öffnungszeiten|Lieferfenster|Zeit|Zeiten
        |Zustellzeit|Wann|Lieferzeitraum|Zeitraum|Anlieferzeit|Warenannahme|Annahmezeiten
        |créneau|créneau horaire|horaire|horaires|créneau de livraison|heure de livraison
        |heures d ouverture|plage horaire
        |franja horaria|horario|ventana|ventana horaria|horario de entrega|franja
        |fascia oraria|orario|orario di consegna|orari|fascia
        |tijdvak|tijdvenster|bezorgmoment|bezorgtijd|levertijd|openingstijden|tijdslot|tijd
        |okno czasowe|godzina dostawy|godziny|przedział czasowy|godziny dostawy
        |horário|janela|intervalo|janela horária|horário de entrega""",
    "quantity": """qty|quantity|boxes|parcels|packages|pcs|pieces|crates|items|pallets|units|load|cases
        |trays|no of boxes|number of boxes
        |no of items|number of items|no of parcels|number of parcels|no of packages
        |number of packages|lineitem quantity
        |item count|count|demand|bags|totes|box count|drops|amount of boxes|total items
        |total quantity|order quantity|item qty
        |Anzahl|Menge|Stück|Stk|Stückzahl|Pakete|Kisten|Kästen|Kartons|Paletten|Colli|Kolli
        |Packstücke|Anzahl Kisten|Anzahl Pakete
        |Anzahl Kartons|Kistenanzahl|Gebinde|Bestellmenge|Liefermenge|Anz|Körbe|Stueck
        |quantité|qté|colis|cartons|palettes|nombre de colis|nb colis|nombre
        |cantidad|bultos|cajas|unidades|palés|número de bultos|cant
        |quantità|q tà|qta|colli|pezzi|cartoni|numero colli|n colli
        |aantal|dozen|colli|kratten|stuks|aantal colli|aantal dozen
        |ilość|liczba paczek|sztuk|paczki|liczba sztuk|szt
        |quantidade|volumes|caixas|qtd|no de volumes""",
    "weight": """weight|kg|kgs|gross weight|net weight|lbs|lb|total weight|weight total|load weight
        |mass
        |Gewicht|Gesamtgewicht|Bruttogewicht|Nettogewicht|Kilo|Masse
        |poids|poids total|poids brut|peso|peso total|peso bruto|peso lordo|peso netto|gewicht
        |totaal gewicht|waga|masa""",
    "volume": """volume|m3|cbm|cubic metres|cubic meters|volume total|total volume|Volumen|Kubikmeter
        |Rauminhalt|Ladevolumen
        |volumen|objętość|litres|liters|Liter""",
    "service": """service time|service|service duration|duration|time at stop|time on site|unloading
        |unloading time|unload|stop time
        |stop duration|stop minutes|minutes|minutes at door|at door|minutes at stop
        |handling time|drop time|service minutes|dwell time
        |time at door|install time|assembly time|job duration|unload time|mins
        |Standzeit|Entladezeit|Servicezeit|Dauer|Aufenthalt|Aufenthaltsdauer|Stoppzeit
        |Haltezeit|Abladezeit|Minuten|Bedienzeit
        |Entladedauer|Servicedauer|Stoppdauer
        |durée|durée visite|durée arrêt|durée de la visite|durée d arrêt|temps sur place
        |temps de service
        |tiempo de servicio|duración|tiempo de descarga|tempo di sosta|durata|tempo di scarico
        |lostijd|stoptijd|servicetijd
        |duur|czas obsługi|czas rozładunku|czas postoju|duração da visita|tempo de serviço
        |duração|tempo de descarga""",
    "phone": """phone|phone no|phone number|telephone|tel|tel no|mobile|mobile no|mobile phone
        |mobile number|cell|cell phone
        |contact number|contact phone|contact no|customer phone|landline|handphone
        |Telefon|Telefonnummer|Telefonnr|Tel Nr|Handy|Handynummer|Mobil|Mobilnummer
        |Mobiltelefon|Rufnummer|Festnetz
        |téléphone|tél|portable|numéro de téléphone|mobile|teléfono|móvil|celular|telefono
        |cellulare|telefoonnummer|telefoon
        |mobiel|gsm|gsm nummer|telefon|tel kontaktowy|numer telefonu|komórka|telefone
        |telemóvel|contacto telefónico""",
    "email": """email|e mail|email address|mail|e mail address|customer email|contact email
        |E Mail Adresse|Mailadresse|courriel
        |adresse e mail|correo|correo electrónico|posta elettronica|e mailadres|adres e mail
        |correio eletrónico""",
    "notes": """notes|note|comments|comment|instructions|instruction|remarks|remark|delivery note
        |delivery notes|special instructions
        |delivery instructions|customer note|customer notes|driver notes|driver note|message
        |info|additional info|information
        |gate code|access notes|order notes|special requests|note attributes
        |driver instructions
        |Bemerkung|Bemerkungen|Hinweis|Hinweise|Anmerkung|Anmerkungen|Notiz|Notizen
        |Fahrernotiz|Fahrerhinweis|Lieferhinweis
        |Lieferhinweise|Kommentar|Zustellhinweis|Info|Infos|Zusatzinfo|Besonderheiten
        |commentaire|commentaires|remarque|remarques|consigne|consignes
        |instructions de livraison
        |observaciones|notas|comentario|comentarios|instrucciones|annotazioni|osservazioni
        |commenti
        |opmerking|opmerkingen|instructie|instructies|notitie|uwagi|komentarz|notatki
        |observações|comentário|instruções""",
    "skills": """skills|skill|requirements|requirement|vehicle features|vehicle feature|features|tags
        |tag|needs|need|required skills
        |equipment|special equipment|vehicle requirements|requires|vehicle type
        |Skills|Anforderung|Anforderungen|Fahrzeugtyp|Merkmal|Merkmale|Ausstattung
        |Erfordernisse|Benötigt|Fähigkeiten
        |libellés|compétences|exigences|équipement|etiquetas|habilidades|requisiti|competenze
        |kenmerken|vaardigheden
        |wymagania|umiejętności|requisitos|requisitos do veículo""",
    "priority": """priority|prio|urgent|urgency|rank|importance|order priority|Priorität|Eilig
        |Dringlichkeit|Dringend|priorité
        |prioridad|priorità|urgente|prioriteit|spoed|priorytet|pilne|prioridade""",
    "date": """date|delivery date|day|delivery day|ship date|requested date|requested delivery date
        |due date|scheduled date|route date
        |date of delivery|planned date
        |Datum|Lieferdatum|Liefertag|Tag|Zustelldatum|Wunschdatum|Wunschtermin|Liefertermin
        |Tourdatum|Anlieferdatum
        |date de livraison|jour|fecha|fecha entrega|fecha de entrega|data|data consegna
        |data di consegna|bezorgdatum|leverdatum
        |data dostawy|data de entrega|data entrega""",
    "kind": """type|kind|order type|job type|stop type|task type|pickup delivery|delivery pickup
        |pickup or delivery|service type
        |Art|Auftragsart|Auftragstyp|Typ|Sendungsart|type d arrêt|tipo|tipo de parada|soort
        |rodzaj|typ""",
    "vehicle": """driver|vehicle|assigned to|route|van|truck|assigned driver|driver name|route name|tour
        |Fahrer|Fahrzeug|Tour|Route
        |chauffeur|véhicule|tournée|conductor|vehículo|ruta|autista|mezzo|giro|voertuig|rit
        |kierowca|pojazd|trasa|motorista
        |veículo|rota""",
    "skip_price": """skip price|price for leaving out|skip penalty|penalty|leave out price
        |price of skipping|skip cost|Preis für Auslassen
        |Auslasspreis|Strafkosten""",
    **ORDER_RULE_WORDS,
}

VEHICLE_WORDS: dict[str, str] = {
    "name": """vehicle|vehicle name|name|van|truck|id|vehicle id|vehicle no|car|bike|registration
        |plate|license plate|number plate|unit
        |Fahrzeug|Fahrzeugname|Kennzeichen|Bezeichnung|Wagen|Auto|LKW|Transporter|Fahrzeug Nr
        |Fahrzeug ID|véhicule|nom|immatriculation
        |vehículo|nombre|matrícula|veicolo|mezzo|targa|nome|voertuig|naam|kenteken|pojazd
        |nazwa|veículo""",
    "driver": """driver|driver name|drivers|crew|assigned driver|Fahrer|Fahrerin|Fahrername|chauffeur
        |conducteur|conductor|autista
        |bestuurder|kierowca|motorista|condutor""",
    "capacity": """capacity|capacity boxes|capacity parcels|boxes|parcels|crates|max boxes|max parcels
        |max items|max load|pieces|pallets
        |max pieces|capacity pieces|units|max quantity|load|packages|max packages|items|trays
        |places
        |Kapazität|Kisten|Pakete|Stück|Paletten|Max Kisten|Max Pakete|Plätze|Stellplätze
        |Ladekapazität|Anzahl|Max Stück
        |Kapazität Kisten|Kapazität Pakete|Kapazität Stück|capacité|colis max|capacidad
        |capacità|capaciteit|pojemność|ładowność sztuk
        |capacidade""",
    "capacity_kg": """capacity kg|max weight|weight capacity|payload|max kg|kg|weight|weight limit|max lb
        |max lbs|max payload|weight kg
        |load capacity kg|max load kg|Nutzlast|Zuladung|Gewicht|Max Gewicht|Maximalgewicht
        |Max kg|Kapazität kg|Höchstgewicht
        |charge utile|poids max|carga útil|peso máximo|peso max|portata|laadvermogen
        |max gewicht|ładowność|peso máximo""",
    "capacity_m3": """capacity m3|volume|max volume|m3|cbm|max m3|volume capacity|load volume|Volumen
        |Laderaum|Ladevolumen|Max Volumen
        |Kapazität m3|volumen|volume utile|objętość""",
    "shift_start": """shift start|start time|start|shift from|available from|from|begin|work start
        |working from|starts|earliest start|day start
        |Schichtbeginn|Beginn|Start|Arbeitsbeginn|Von|Startzeit|Schicht von|Dienstbeginn
        |Verfügbar ab|début|heure début|inicio|hora inicio
        |inizio|ora inizio|starttijd|vanaf|początek|od|início""",
    "shift_end": """shift end|end time|end|shift to|available until|to|until|finish|work end|working to
        |ends|latest end|day end|available to
        |Schichtende|Ende|Arbeitsende|Bis|Endzeit|Schicht bis|Dienstschluss|Dienstende
        |Feierabend|Verfügbar bis|fin|heure fin|hora fin
        |fine|ora fine|eindtijd|tot|einde|koniec|do|fim""",
    "shift": """shift|working hours|working time|hours|work hours|available hours|Schicht|Arbeitszeit
        |Dienstzeit|Einsatzzeit|horaire
        |horario|orario|werktijd|godziny pracy""",
    "break_minutes": """break|break min|break minutes|break duration|break length|lunch|lunch break|pause|rest
        |Pause|Pausendauer|Mittagspause
        |Pause min|Pausenzeit|descanso|pausa|pauze|przerwa|break time""",
    "break_window": """break window|break between|lunch window|Pausenfenster|Pausenzeitraum|break period
        |Pause zwischen""",
    "break_from": """break from|break start|break earliest|break after|lunch from|Pause von|Pause ab
        |Pausenbeginn|earliest break""",
    "break_to": """break to|break until|break end|break latest|break before|lunch to|Pause bis|Pausenende
        |latest break""",
    "skills": """skills|skill|features|equipment|vehicle features|tags|capabilities|vehicle skills
        |Skills|Merkmale|Merkmal|Ausstattung
        |Fähigkeiten|compétences|équipement|habilidades|etiquetas|competenze|kenmerken
        |vaardigheden|umiejętności|wyposażenie
        |requisitos""",
    "fixed_cost": """fixed cost|fixed costs|fixed price|cost per day|daily cost|day rate|fix cost|fixed
        |cost|Fixkosten|Tageskosten|Tagessatz
        |Fixe Kosten|Grundkosten|coût fixe|coste fijo|costo fisso|vaste kosten|koszt stały
        |custo fixo""",
    "cost_per_km": """cost per km|cost km|price per km|eur km|€ km|eur per km|€ per km|per km|km cost
        |km rate|cost per mile|cost mile|per mile
        |Kosten pro km|Kosten km|Kilometerkosten|km Kosten|Kosten je km|km Satz|Preis pro km
        |coût km|coût par km|coste km
        |coste por km|costo km|costo al km|kosten per km|koszt km|koszt za km|custo km
        |custo por km""",
    "cost_per_hour": """cost per hour|cost hour|cost h|price per hour|hourly rate|hourly cost|eur h|€ h
        |eur hour|per hour|driver cost per hour|wage
        |Kosten pro Stunde|Kosten h|Stundenkosten|Stundensatz|Stundenlohn|Kosten je Stunde
        |coût horaire|coût par heure
        |coste por hora|coste hora|costo orario|uurtarief|kosten per uur|koszt godziny
        |koszt za godzinę|custo por hora""",
    "max_stops": """max stops|maximum stops|most stops|max orders|stop limit|max deliveries|max drops
        |stops|Max Stopps|Max Stops|Höchstzahl Stopps
        |Maximale Stopps|Stopps|Max Aufträge|arrêts max|paradas máx|max paradas|max fermate
        |max haltes|maks stopów""",
    "max_distance": """max km|max distance|maximum distance|most km|range|range km|max range|max miles
        |distance limit|Max Strecke|Reichweite
        |Maximale km|Höchstkilometer|Max Kilometer|distance max|km max|distancia máx
        |max afstand|maks km""",
    "max_duration": """max hours|max duration|max time|max working time|maximum hours|most hours
        |max driving hours|max route time|max h
        |Max Stunden|Max Dauer|Maximale Arbeitszeit|Höchstdauer|Max Arbeitszeit|durée max
        |heures max|horas máx|max uren""",
    "start_place": """start place|start location|start address|start depot|depot|home depot|starts at
        |start from|base|warehouse|Startort|Startdepot
        |Startadresse|Start Depot|Lager|Standort|Depot|lieu de départ|dépôt|lugar de inicio
        |depósito|deposito|startlocatie|baza""",
    "end_place": """end place|end location|end address|end depot|ends at|finish location|return to
        |returns to|Zielort|Endort|Enddepot|Ziel Depot
        |Endadresse|Rückkehr|Endstandort|lieu d arrivée|lugar de fin|luogo di arrivo
        |eindlocatie""",
    "start_lat": "start lat|start latitude|Start Breitengrad|Start Breite",
    "start_lon": "start lon|start lng|start longitude|Start Längengrad|Start Länge",
    "end_lat": "end lat|end latitude|Ziel Breitengrad|Ende Breitengrad",
    "end_lon": "end lon|end lng|end longitude|Ziel Längengrad|Ende Längengrad",
    "active": """active|in use|available today|today|use today|enabled|Aktiv|Im Einsatz|Heute|Verfügbar
        |actif|activo|attivo|actief|aktywny
        |ativo""",
    **VEHICLE_RULE_WORDS,
}

DEPOT_WORDS: dict[str, str] = {
    "name": """name|depot|depot name|warehouse|hub|site|base|location name|place|shop|store|Depotname
        |Lager|Lagername|Standort|Bezeichnung
        |dépôt|entrepôt|nom|almacén|depósito|nombre|deposito|magazzino|nome|magazijn|naam
        |magazyn|baza|nazwa|armazém""",
    "opens": """open from|opens|opening|open|from|opening time|start|earliest|Öffnet|Geöffnet von|Von
        |Ab|Öffnung|ouvre|abre|apre|opent
        |otwarte od|Öffnungszeit von""",
    "closes": """open until|open to|closes|closing|close|to|until|closing time|end|latest|Schließt
        |Geöffnet bis|Bis|ferme|cierra|chiude|sluit
        |otwarte do|fecha|Öffnungszeit bis""",
    "opening_hours": """opening hours|hours|opening times|open hours|time window|Öffnungszeiten|Öffnungszeit
        |horaires|horario|orario
        |openingstijden|godziny""",
} | {
    field: ORDER_WORDS[field]
    for field in (
        "address",
        "street",
        "house_number",
        "address_2",
        "postcode",
        "town",
        "district",
        "region",
        "country",
        "lat",
        "lon",
        "coordinates",
        "phone",
        "notes",
    )
}

#: Headings that begin or end a window; any of them may stand alone or with a TIME_BASE word.
WINDOW_SIDES: dict[str, str] = {
    "window_start": """from|start|start time|begin|beginning|earliest|earliest time|after|not before
        |no earlier than|open|opens|ready|ready time
        |ready from|starts|time from|starting|min start
        |von|ab|frühestens|Beginn|Anfang|nicht vor|öffnet|Start|frühester
        |de|début|à partir de|dès|au plus tôt|après
        |desde|desde la|inicio|desde las|a partir de|más temprano
        |dalle|inizio|da|dalle ore|van|vanaf|begin|vroegst|na|od|początek|najwcześniej|das|de
        |início|abertura|desde as""",
    "window_end": """to|end|end time|latest|latest time|before|by|until|till|deadline|due|due time|close
        |closes|not after|no later than|ends|max end
        |time to|finish|ending|deliver before|deliver by|delivery before|delivery by
        |bis|spätestens|Ende|nicht nach|schließt|spätester
        |à|fin|jusqu à|avant|au plus tard
        |hasta|hasta la|hasta las|fin|a|antes de|alle|fine|entro|alle ore|tot|uiterlijk|eind
        |einde|voor|do|koniec|najpóźniej
        |até|às|fim|fecho""",
}
TIME_BASE_WORDS = """time|window|tw|slot|delivery|deliver|timeslot|timewindow|hours|hour|Zeitfenster
        |Lieferzeit|Lieferzeitfenster|Lieferung
        |Uhrzeit|Zeit|Öffnungszeit|Öffnungszeiten|Lieferfenster|Wunschzeit|créneau|horaire
        |heure|livraison|ventana|horaria|franja|hora|entrega
        |horario|fascia|oraria|ora|orario|consegna|tijdvak|tijdvenster|bezorgtijd|tijd|okno
        |czasowe|godzina|horário|janela"""

#: Words before a heading that mark the place of delivery: these columns are preferred.
DELIVERY_PREFIXES = """ship|shipping|ship to|delivery|deliver|deliver to|recipient|receiver|recv|destination
        |drop off|dropoff|liefer
        |lieferung|empfänger|livraison|destinataire|entrega|envío|destinatario|consegna
        |spedizione|bezorg|aflever|dostawy|dostawa"""
#: Words before a heading that say nothing about which field it is.
PLAIN_PREFIXES = """customer|client|order|kunde|kunden|client s|cliente|klant|klient|stop|contact|max
        |total|gesamt|auftrag|job"""
#: A column with one of these words never describes the stop.
FOREIGN_PREFIXES = """billing|send|amount|bill|bill to|invoice|sender|pickup|pick up|rechnung
        |rechnungs|absender
        |abholung|facturation|expéditeur
        |facturación|remitente|fatturazione|mittente|factuur|afzender|faktura|nadawca
        |faturação|remetente|payment|financial|tax|price|preis
        |discount|currency|created|paid|cancelled|subtotal|vat|mwst|iban|birth|birthday
        |geburtsdatum|vendor|refunded|risk|device|source
        |lineitem price|lineitem name|lineitem sku|sku|outstanding|last order|since|charge|fee"""
#: Headings that look like a field and are none: the day of ordering is not the day of delivery.
NO_FIELD = """order date|ordered|ordered at|order time|order placed|purchase date|purchased at
        |created|created at|invoice date|booking date
        |date ordered|date created|updated at|paid at|date paid|order total|order status
        |status|payment method
        |Bestelldatum|Auftragsdatum|Rechnungsdatum|Erfassungsdatum|Belegdatum|date de commande
        |date commande|fecha pedido|fecha de pedido
        |data ordine|besteldatum|orderdatum|data zamówienia|data da encomenda"""
#: Columns that carry one of these are about goods, so they are nobody's name.
GOODS_WORDS = "lineitem|item|product|produkt|artikel|article|articulo|prodotto|artikelname|sku|goods|ware"

SHEET_NAME_WORDS: dict[str, str] = {
    "vehicles": """vehicle|vehicles|fleet|vans|van|trucks|drivers|driver|cars|fahrzeug|fahrzeuge|fuhrpark
        |flotte|fahrer|wagen|véhicules|véhicule
        |vehículos|flota|veicoli|mezzi|voertuigen|pojazdy|veículos|frota""",
    "depots": """depot|depots|warehouse|warehouses|hub|hubs|base|lager|standort|standorte|depots|dépôt
        |dépôts|entrepôt|almacén|depósito|deposito
        |magazzino|magazijn|magazyn|baza|armazém|start|shop""",
    "orders": """order|orders|deliveries|delivery|stops|jobs|drops|aufträge|auftrag|bestellungen
        |lieferungen|touren|stopps|commandes|livraisons
        |pedidos|entregas|ordini|consegne|orders|bestellingen|leveringen|zamówienia|dostawy
        |encomendas""",
}

SUM_WORDS = """total|sum|subtotal|sub total|grand total|totals|summe|gesamt|gesamtsumme|zwischensumme
        |insgesamt|somme|sous total|suma|totale
        |somma|totaal|som|razem|soma|total general|totale generale"""

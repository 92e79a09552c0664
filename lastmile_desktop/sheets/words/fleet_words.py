"""Headings of vehicle and depot sheets. In the form of ``who_words``."""

from __future__ import annotations

VEHICLE_WORDS: dict[str, str] = {
    "name": """vehicle|vehicle name|name|van|truck|id|vehicle id|vehicle no|car|bike|registration|plate
        |license plate|number plate|unit|Fahrzeug|Fahrzeugname|Kennzeichen|Bezeichnung|Wagen|Auto|LKW
        |Transporter|Fahrzeug Nr|Fahrzeug ID|véhicule|nom|immatriculation|vehículo|nombre|matrícula
        |veicolo|mezzo|targa|nome|voertuig|naam|kenteken|pojazd|nazwa|veículo|vehicle code
        |vehicle number|van name|van id|truck id|truck name|fleet no|fleet number|asset|reg|reg no
        |registration no|bus|car name|Fzg|Fzg Nr|Fahrzeugnr|Fahrzeugnummer|Wagen Nr|Wagennr
        |Fahrzeugbezeichnung|amtl Kennzeichen|Tour|no véhicule|nom du véhicule|camion|plaque
        |véhicule nom|nombre vehículo|vehículo nombre|camión|furgoneta|placa|nome veicolo|furgone
        |automezzo|voertuignaam|voertuig naam|bus naam|nazwa pojazdu|nr rejestracyjny|rejestracja
        |samochód|nome do veículo|viatura|carrinha|matrícula veículo|bil|køretøj|fordon|kjøretøy|vozidlo""",
    "driver": """driver|driver name|drivers|crew|assigned driver|Fahrer|Fahrerin|Fahrername|chauffeur
        |conducteur|conductor|autista|bestuurder|kierowca|motorista|condutor|driver s name|courier
        |assigned to|Fahrer Name|Fahrer in|Zusteller|livreur|nom chauffeur|repartidor|chófer|corriere
        |bezorger|koerier|kurier|chauffør|förare|sjåfør|řidič|operator""",
    "capacity": """capacity|capacity boxes|capacity parcels|boxes|parcels|crates|max boxes|max parcels
        |max items|max load|pieces|pallets|max pieces|capacity pieces|units|max quantity|load|packages
        |max packages|items|trays|places|Kapazität|Kisten|Pakete|Stück|Paletten|Max Kisten|Max Pakete
        |Plätze|Stellplätze|Ladekapazität|Anzahl|Max Stück|Kapazität Kisten|Kapazität Pakete
        |Kapazität Stück|capacité|colis max|capacidad|capacità|capaciteit|pojemność|ładowność sztuk
        |capacidade|capacity units|capacity items|capacity pallets|max units|max crates|max pallets
        |crate capacity|box capacity|pallet capacity|parcel capacity|Max Paletten|Palettenplätze
        |Kistenkapazität|capacité colis|nb colis max|max colis|palettes max|capacidad bultos|bultos max
        |capacità colli|max colli|colli max|capaciteit colli|max dozen|max kratten|capaciteit dozen
        |pojemność sztuk|max paczek|max szt|capacidade volumes|max volumes|kapacitet|kapacita""",
    "capacity_kg": """capacity kg|max weight|weight capacity|payload|max kg|kg|weight|weight limit
        |max lb|max lbs|max payload|weight kg|load capacity kg|max load kg|Nutzlast|Zuladung|Gewicht
        |Max Gewicht|Maximalgewicht|Kapazität kg|Höchstgewicht|charge utile|poids max|carga útil
        |peso máximo|peso max|portata|laadvermogen|ładowność|max load weight|max weight kg
        |capacity weight|load limit kg|Tragfähigkeit|max Zuladung|max Ladegewicht|capacité poids
        |capacité kg|poids maximum|charge max|capacidad kg|capacidad peso|carga máxima|carga max
        |capacità kg|peso massimo|portata kg|capaciteit kg|max laadgewicht|ładowność kg|maks waga
        |max waga|capacidade kg|carga máxima kg|nyttelast|max vægt|lastvikt|nosnost""",
    "capacity_m3": """capacity m3|volume|max volume|m3|cbm|max m3|volume capacity|load volume|Volumen
        |Laderaum|Ladevolumen|Max Volumen|Kapazität m3|volume utile|objętość|capacity volume
        |cargo volume|volume max|Laderaumvolumen|volume maximum|capacité m3|capacidad m3|capacità m3
        |laadvolume|inhoud|pojemność m3|capacidade m3|objem""",
    "shift_start": """shift start|start time|start|shift from|available from|from|begin|work start
        |working from|starts|earliest start|day start|Schichtbeginn|Beginn|Arbeitsbeginn|Von|Startzeit
        |Schicht von|Dienstbeginn|Verfügbar ab|début|heure début|inicio|hora inicio|inizio|ora inizio
        |starttijd|vanaf|początek|od|início|shift begin|start shift|starttime|working hours from
        |works from|on duty from|departure|departure time|leaves at|Abfahrt|Dienst von|Arbeitszeit von
        |frühester Start|prise de poste|heure de départ|départ|début service|hora de inicio|inicio turno
        |entrada|inizio turno|ora di inizio|orario inizio|begintijd|start dienst|dienst van
        |godz rozpoczęcia|początek pracy|praca od|hora de início|início turno|entrada turno""",
    "shift_end": """shift end|end time|end|shift to|available until|to|until|finish|work end|working to
        |ends|latest end|day end|available to|Schichtende|Ende|Arbeitsende|Bis|Endzeit|Schicht bis
        |Dienstschluss|Dienstende|Feierabend|Verfügbar bis|fin|heure fin|hora fin|fine|ora fine|eindtijd
        |tot|einde|koniec|do|fim|shift finish|end shift|endtime|working hours to|works until|off duty
        |back by|return by|return time|Dienst bis|Arbeitszeit bis|späteste Rückkehr|Rückkehr bis
        |fin de poste|heure de fin|fin service|retour|hora de fin|fin turno|salida|fine turno
        |ora di fine|orario fine|einde dienst|dienst tot|godz zakończenia|koniec pracy|praca do
        |hora de fim|fim turno|saída turno""",
    "shift": """shift|working hours|working time|hours|work hours|available hours|Schicht|Arbeitszeit
        |Dienstzeit|Einsatzzeit|horaire|horario|orario|werktijd|godziny pracy""",
    "break_minutes": """break|break min|break minutes|break duration|break length|lunch|lunch break
        |pause|rest|Pausendauer|Mittagspause|Pause min|Pausenzeit|descanso|pausa|pauze|przerwa
        |break time""",
    "break_window": """break window|break between|lunch window|Pausenfenster|Pausenzeitraum|break period
        |Pause zwischen""",
    "break_from": """break from|break start|break earliest|break after|lunch from|Pause von|Pause ab
        |Pausenbeginn|earliest break""",
    "break_to": """break to|break until|break end|break latest|break before|lunch to|Pause bis
        |Pausenende|latest break""",
    "skills": """skills|skill|features|equipment|vehicle features|tags|capabilities|vehicle skills
        |Merkmale|Merkmal|Ausstattung|Fähigkeiten|compétences|équipement|habilidades|etiquetas
        |competenze|kenmerken|vaardigheden|umiejętności|wyposażenie|requisitos""",
    "fixed_cost": """fixed cost|fixed costs|fixed price|cost per day|daily cost|day rate|fix cost|fixed
        |cost|Fixkosten|Tageskosten|Tagessatz|Fixe Kosten|Grundkosten|coût fixe|coste fijo|costo fisso
        |vaste kosten|koszt stały|custo fixo""",
    "cost_per_km": """cost per km|cost km|price per km|eur km|€ km|eur per km|€ per km|per km|km cost
        |km rate|cost per mile|cost mile|per mile|Kosten pro km|Kosten km|Kilometerkosten|km Kosten
        |Kosten je km|km Satz|Preis pro km|coût km|coût par km|coste km|coste por km|costo km
        |costo al km|kosten per km|koszt km|koszt za km|custo km|custo por km""",
    "cost_per_hour": """cost per hour|cost hour|cost h|price per hour|hourly rate|hourly cost|eur h|€ h
        |eur hour|per hour|driver cost per hour|wage|Kosten pro Stunde|Kosten h|Stundenkosten
        |Stundensatz|Stundenlohn|Kosten je Stunde|coût horaire|coût par heure|coste por hora|coste hora
        |costo orario|uurtarief|kosten per uur|koszt godziny|koszt za godzinę|custo por hora""",
    "max_stops": """max stops|maximum stops|most stops|max orders|stop limit|max deliveries|max drops
        |stops|Max Stopps|Höchstzahl Stopps|Maximale Stopps|Stopps|Max Aufträge|arrêts max|paradas máx
        |max paradas|max fermate|max haltes|maks stopów""",
    "max_distance": """max km|max distance|maximum distance|most km|range|range km|max range|max miles
        |distance limit|Max Strecke|Reichweite|Maximale km|Höchstkilometer|Max Kilometer|distance max
        |km max|distancia máx|max afstand|maks km""",
    "max_duration": """max hours|max duration|max time|max working time|maximum hours|most hours
        |max driving hours|max route time|max h|Max Stunden|Max Dauer|Maximale Arbeitszeit|Höchstdauer
        |Max Arbeitszeit|durée max|heures max|horas máx|max uren""",
    "start_place": """start place|start location|start address|start depot|depot|home depot|starts at
        |start from|base|warehouse|Startort|Startdepot|Startadresse|Lager|Standort|lieu de départ|dépôt
        |lugar de inicio|depósito|deposito|startlocatie|baza""",
    "end_place": """end place|end location|end address|end depot|ends at|finish location|return to
        |returns to|Zielort|Endort|Enddepot|Ziel Depot|Endadresse|Rückkehr|Endstandort|lieu d arrivée
        |lugar de fin|luogo di arrivo|eindlocatie""",
    "start_lat": """start lat|start latitude|Start Breitengrad|Start Breite""",
    "start_lon": """start lon|start lng|start longitude|Start Längengrad|Start Länge""",
    "end_lat": """end lat|end latitude|Ziel Breitengrad|Ende Breitengrad""",
    "end_lon": """end lon|end lng|end longitude|Ziel Längengrad|Ende Längengrad""",
    "active": """active|in use|available today|today|use today|enabled|Aktiv|Im Einsatz|Heute|Verfügbar
        |actif|activo|attivo|actief|aktywny|ativo""",
}

DEPOT_WORDS: dict[str, str] = {
    "name": """name|depot|depot name|warehouse|hub|site|base|location name|place|shop|store|Depotname
        |Lager|Lagername|Standort|Bezeichnung|dépôt|entrepôt|nom|almacén|depósito|nombre|deposito
        |magazzino|nome|magazijn|naam|magazyn|baza|nazwa|armazém|depot no|branch|location|yard|terminal
        |station|starting point|start point|Niederlassung|Filiale|Zentrale|Startpunkt|nom dépôt
        |nom du dépôt|nombre almacén|nome deposito|sede|depotnaam|vestiging|nazwa magazynu|oddział
        |nome armazém|sede armazém|sklad""",
    "opens": """open from|opens|opening|open|from|opening time|start|earliest|Öffnet|Geöffnet von|Von|Ab
        |Öffnung|ouvre|abre|apre|opent|otwarte od|Öffnungszeit von|open at|opens at|otevřeno od
        |heure d ouverture|hora apertura|ora apertura|openingstijd|godz otwarcia|hora abertura""",
    "closes": """open until|open to|closes|closing|close|to|until|closing time|end|latest|Schließt
        |Geöffnet bis|Bis|ferme|cierra|chiude|sluit|otwarte do|fecha|Öffnungszeit bis|closes at|close at
        |heure de fermeture|hora cierre|ora chiusura|sluitingstijd|godz zamknięcia|hora fecho""",
    "opening_hours": """opening hours|hours|opening times|open hours|time window|Öffnungszeiten
        |Öffnungszeit|horaires|horario|orario|openingstijden|godziny""",
}

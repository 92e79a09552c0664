"""Headings of times: windows in one column or two, service times, dates. In the form of ``who_words``."""

from __future__ import annotations

TIME_WORDS: dict[str, str] = {
    "window": """time window|time windows|window|slot|time slot|timeslot|delivery slot|delivery time
        |delivery window|time|times|hours|opening hours|opening times|when|deliver between
        |delivery between|between|preferred time|delivery time window|eta window|delivery hours
        |receiving hours|time frame|timeframe|delivery time frame|availability|available|Zeitfenster
        |Lieferzeit|Lieferzeitfenster|Wunschzeit|Uhrzeit|Öffnungszeit|Öffnungszeiten|Lieferfenster|Zeit
        |Zeiten|Zustellzeit|Wann|Lieferzeitraum|Zeitraum|Anlieferzeit|Warenannahme|Annahmezeiten|créneau
        |créneau horaire|horaire|horaires|créneau de livraison|heure de livraison|heures d ouverture
        |plage horaire|franja horaria|horario|ventana|ventana horaria|horario de entrega|franja
        |fascia oraria|orario|orario di consegna|orari|fascia|tijdvak|tijdvenster|bezorgmoment
        |bezorgtijd|levertijd|openingstijden|tijdslot|tijd|okno czasowe|godzina dostawy|godziny
        |przedział czasowy|godziny dostawy|horário|janela|intervalo|janela horária|horário de entrega
        |time windows 1|timewindow|timewindows|tw|delivery tw|time range|timerange|hours range
        |delivery range|delivery period|period|delivery time range|delivery time slot|delivery timeslot
        |delivery slots|slot time|time slots|booked slot|booking slot|booking window|booked window
        |chosen slot|selected slot|requested time|requested slot|requested window
        |requested delivery time|preferred delivery time|preferred slot|preferred window|preferred times
        |preferred delivery window|delivery preference|time preference|time pref|pref time|best time
        |visit window|visit time|visit hours|appointment|appointment time|appointment window
        |arrival window|arrival time|arrival|receiving time|receiving window|receiving times
        |accepts deliveries|goods in hours|goods in times|shop hours|store hours|store opening hours
        |business hours|office hours|working hours|open hours|open times|opening|access times
        |access hours|delivery times|delivery time from to|deliverytime|del time|del window|del slot
        |del hours|delivery hours from to|delivery times window|shift|time of delivery|delivery at
        |schedule|scheduled time|scheduled window|scheduled slot|fulfillment time|fulfilment time
        |fulfillment window|pickup delivery time|time between|when to deliver|when deliver|deliver when
        |constraint time|time constraint|time restriction|time restrictions|time limits|restrictions
        |jckwds timeslot|timeslot requested|orddd time slot|pi delivery time|delivery timeframe
        |shipping time slot|time schedule|ZF|Zeitf|Zeitfenster Lieferung|Lieferzeitfenster 1
        |Lieferzeiten|Liefer Zeit|Liefer Zeitfenster|Lieferuhrzeit|Uhrzeit Lieferung|Uhrzeiten
        |Anlieferzeiten|Anlieferzeitfenster|Anlieferfenster|Anlieferung|Anlieferungszeit
        |Warenannahmezeit|Warenannahmezeiten|Annahmezeit|Annahme|Öffnungsz|Geschäftszeiten|Bürozeiten
        |Betriebszeiten|Ladenöffnungszeiten|Zustellfenster|Zustellzeitfenster|Zustellzeiten|Zeitspanne
        |Zeitraum Lieferung|Zeitangabe|Zeitvorgabe|Zeitwunsch|Wunschzeitfenster|Wunschuhrzeit
        |Wunschlieferzeit|gewünschte Zeit|gewünschte Lieferzeit|gewünschte Uhrzeit|Terminfenster
        |Termin Uhrzeit|Terminzeit|Lieferslot|Zeitslot|Besuchszeit|Besuchszeiten|erreichbar|anwesend
        |Erreichbarkeit|Anwesenheit|Liefern zwischen|Liefern|Lieferung zwischen|zwischen|wann liefern
        |Lieferung Uhrzeit|Lieferung wann|Std|Ankunft|Lieferspanne|créneaux|créneau de liv|créneau liv
        |créneau demandé|créneau souhaité|créneau livr|créneau client|plage|plage de livraison
        |plage horaire de livraison|plages horaires|horaires de livraison|horaire livraison
        |horaire de livraison|heures livraison|heure livraison|heures de livraison|heure|heures
        |horaires d ouverture|horaires de réception|horaires réception|horaire réception
        |heures d ouvertures|ouverture horaires|fenêtre horaire|fenêtre de livraison|fenêtre
        |tranche horaire|disponibilité|disponibilités|rdv|rendez vous|heure rdv|heure souhaitée
        |heure de passage|passage|quand|horaire souhaité|ventana de entrega|ventana entrega
        |ventana de tiempo|ventana tiempo|franja de entrega|franja entrega|franjas|franjas horarias
        |horario entrega|horarios|horario de reparto|horario reparto|horario de recepción
        |horario recepción|horario apertura|horario de apertura|hora de entrega|hora entrega
        |horas de entrega|horas|hora|tramo horario|tramo|turno|rango horario|intervalo horario
        |disponibilidad|horario preferido|hora preferida|cita|cuándo|horario comercial|hora deseada
        |fascia di consegna|fascia consegna|fasce orarie|fascia oraria di consegna
        |fascia oraria consegna|finestra oraria|finestra di consegna|finestra|orari di consegna
        |orario consegna|orari consegna|ora consegna|ora di consegna|ore|ora|orario apertura
        |orari di apertura|orario di apertura|orari apertura|orario ricevimento|orari ricevimento
        |orario di ricevimento|orario scarico|intervallo orario|disponibilità|quando|orario preferito
        |appuntamento|slot orario|tijdsvak|tijdvenster levering|levertijden|levertijdvak|leveringstijd
        |leveringsvenster|levervenster|lever venster|aflevertijd|aflevertijden|afleverwindow
        |bezorgtijden|bezorgvenster|bezorgslot|bezorgtijdvak|bezorg tijd|tijdslot levering|tijdsslot
        |tijdblok|tijdsblok|blok|tijden|tijdstip|uur|openingsuren|openingstijd|lostijden venster
        |laad lostijden|venster|venstertijd|venstertijden|gewenste tijd|gewenste levertijd|voorkeurstijd
        |afspraak|wanneer|leveren tussen|tussen|beschikbaar|tijdspad|okno dostawy|okno|okno godzinowe
        |okna czasowe|okno czas|przedział godzinowy|przedział godzin|przedział|godz dostawy|godz|godzina
        |godziny otwarcia|godz otwarcia|godziny przyjęć|godziny przyjęcia|godziny pracy|czas dostawy
        |termin godzina|preferowana godzina|preferowane godziny|slot dostawy|dostawa godz|dostępność
        |kiedy|pora dostawy|pora|janela de entrega|janela entrega|janela de tempo
        |janela horaria de entrega|horário entrega|horários|horário de receção|horário receção
        |horário de recepção|horário de abertura|horário abertura|horário de funcionamento
        |horário pretendido|horário preferencial|faixa horária|faixa de horário|período de entrega
        |período|intervalo de entrega|intervalo horário|disponibilidade|marcação|leveringstid
        |leveringstidspunkt|tidsvindue|leveringsvindue|tidsrum|åbningstid|åbningstider|leveranstid
        |tidsfönster|leveransfönster|tid|tider|öppettider|önskad tid|leveringstidsrom|tidsvindu
        |åpningstid|åpningstider|časové okno|čas dodání|doba dodání|čas|hodiny|otevírací doba
        |čas doručení|doba doručení""",
    "service": """service time|service|service duration|duration|time at stop|time on site|unloading
        |unloading time|unload|stop time|stop duration|stop minutes|minutes|minutes at door|at door
        |minutes at stop|handling time|drop time|service minutes|dwell time|time at door|install time
        |assembly time|job duration|unload time|mins|Standzeit|Entladezeit|Servicezeit|Dauer|Aufenthalt
        |Aufenthaltsdauer|Stoppzeit|Haltezeit|Abladezeit|Minuten|Bedienzeit|Entladedauer|Servicedauer
        |Stoppdauer|durée|durée visite|durée arrêt|durée de la visite|durée d arrêt|temps sur place
        |temps de service|tiempo de servicio|duración|tiempo de descarga|tempo di sosta|durata
        |tempo di scarico|lostijd|stoptijd|servicetijd|duur|czas obsługi|czas rozładunku|czas postoju
        |duração da visita|tempo de serviço|duração|tempo de descarga|svc|svc time|svc min|service min
        |service mins|service length|servicetime|service time on site|visit duration|visit length
        |visit minutes|task duration|task time|job time|job length|job minutes|stop length|dwell
        |dwell minutes|dwell mins|stay|stay time|length of stay|time needed|time required|required time
        |handling|handling minutes|handling mins|drop duration|drop minutes|drop mins|delivery duration
        |delivery minutes|delivery mins|offload|offload time|offloading|offloading time|offload mins
        |unload mins|unload minutes|unload duration|unloading minutes|unloading mins|unloading duration
        |on site time|onsite time|on site minutes|onsite minutes|time spent|minutes on site|mins at stop
        |mins on site|mins at door|mins per stop|minutes per stop|time per stop|time on door|at stop
        |at stop min|duration minutes|duration mins|est duration|estimated duration|expected duration
        |planned duration|work time at stop|installation time|installation minutes|Standzeit Min
        |Stand Zeit|Aufenthaltszeit|Verweildauer|Verweilzeit|Dauer Min|Dauer Minuten|Dauer vor Ort
        |Zeit vor Ort|Zeitbedarf|Zeitaufwand|Einsatzdauer|Besuchsdauer|Terminlänge|Arbeitszeit vor Ort
        |Montagezeit|Montagedauer|Aufbauzeit|Entladung|Entladung Min|Entladezeit Min|Entlademinuten
        |Abladedauer|Abladen|Lieferdauer|Zustelldauer|Zustellzeit Min|Übergabezeit|Min pro Stopp
        |Minuten vor Ort|Minuten pro Stopp|Haltedauer|Halt Min|Servicedauer Min|Bearbeitungszeit
        |Anlieferdauer|Stoppminuten|Servicemin|durée min|durée mn|durée de visite|durée livraison
        |durée de livraison|durée d intervention|durée intervention|durée stop|durée sur place
        |durée prestation|temps livraison|temps de livraison|temps d arrêt|temps arrêt
        |temps de déchargement|temps déchargement|déchargement|durée déchargement|durée de déchargement
        |temps de visite|temps d intervention|temps service|tps|tps service|tps arrêt|tps sur place
        |temps prévu|durée arret min|minutes sur place|tiempo servicio|tiempo de parada|tiempo parada
        |tiempo en parada|tiempo de entrega|tiempo entrega|tiempo en sitio|tiempo de visita
        |tiempo visita|tiempo descarga|descarga|duración parada|duración visita|duración de la visita
        |duración servicio|duración del servicio|duración entrega|duración min|minutos|minutos parada
        |min parada|tiempo estimado|tiempo min|tpo servicio|tempo sosta|sosta|durata sosta|durata visita
        |durata servizio|durata consegna|durata scarico|durata min|tempo scarico|scarico
        |tempo di servizio|tempo servizio|tempo di consegna|tempo consegna|tempo intervento
        |durata intervento|durata fermata|tempo fermata|minuti|minuti sosta|tempo previsto|min sosta
        |lostijd min|los tijd|lossen|lostijd minuten|stop tijd|stopduur|duur stop|duur min|duur minuten
        |tijdsduur|bezoekduur|bezoektijd|verblijftijd|verblijfsduur|servicetijd min|service tijd
        |tijd per stop|tijd ter plaatse|tijd op locatie|aflever duur|afleverduur|leverduur|bezorgduur
        |montagetijd|werktijd stop|czas obsługi min|czas obsł|obsługa|obsługa min|czas na miejscu
        |czas wizyty|czas trwania|czas rozładunku min|rozładunek|rozładunek min|czas rozł
        |czas postoju min|postój|postój min|minuty|czas usługi|czas serwisu|długość wizyty
        |czas dostawy min|ile minut|duração min|duração visita|duração paragem|duração da paragem
        |duração da entrega|duração entrega|duração serviço|duração do serviço|tempo serviço
        |tempo de paragem|tempo paragem|tempo de entrega|tempo no local|tempo de visita|tempo descarga
        |tempo estimado|tempo em minutos|min paragem|servicetid|leveringsvarighed|aflæsningstid|varighed
        |stoptid|lossetid|lossningstid|stopptid|varaktighet|tidsåtgång|varighet|doba obsluhy
        |doba vykládky|čas obsluhy|doba zastávky|vykládka|trvání""",
    "date": """date|delivery date|day|delivery day|ship date|requested date|requested delivery date
        |due date|scheduled date|route date|date of delivery|planned date|Datum|Lieferdatum|Liefertag
        |Tag|Zustelldatum|Wunschdatum|Wunschtermin|Liefertermin|Tourdatum|Anlieferdatum
        |date de livraison|jour|fecha|fecha entrega|fecha de entrega|data|data consegna|data di consegna
        |bezorgdatum|leverdatum|data dostawy|data de entrega|data entrega|date delivery|deliverydate
        |del date|del day|dlv date|date due|drop date|date required|required date|required by date
        |required delivery date|need by date|needed by date|due by date|date wanted|wanted date
        |date requested|delivery on|deliver on|deliver date|date to deliver|date scheduled|schedule date
        |scheduled for|scheduled delivery date|planned delivery date|plan date|planned for|service date
        |visit date|appointment date|job date|run date|dispatch date|shipping date|shipment date
        |requested ship date|ship by date|ship on|fulfillment date|fulfilment date|arrival date
        |promised date|promise date|estimated delivery date|expected date|expected delivery date
        |date time|datetime|delivery date time|delivery datetime|jckwds date|orddd delivery date
        |pi delivery date|delivery day date|date of service|Datum Lieferung|Liefer Datum|Lieferdat
        |Lief Datum|LDatum|Lieferung am|Liefern am|Lieferung Datum|Zustelltag|Zustellung am|Termin
        |Liefertermin Datum|Wunschlieferdatum|Wunschliefertag|Wunschliefertermin|gewünschtes Lieferdatum
        |gewünschter Liefertermin|geplantes Lieferdatum|Plandatum|Fälligkeit|fällig am|Tour Datum
        |Tourtag|Einsatztag|Einsatzdatum|Besuchsdatum|Versanddatum|Anliefertag|Anliefertermin
        |Ausliefertag|Auslieferdatum|Auslieferung am|Auslieferungsdatum|Termindatum|Leistungsdatum
        |Ausführungsdatum|wann Datum|Kalendertag|date livraison|date liv|date de liv|date livr
        |jour de livraison|jour livraison|livraison le|livrer le|date souhaitée|date demandée
        |date prévue|date prévue de livraison|date de passage|date de visite|date intervention
        |date d intervention|date tournée|date d expédition|date expédition|date rdv|échéance
        |fecha de entrega prevista|fecha prevista|f entrega|fecha reparto|fecha de reparto|fecha envío
        |fecha de envío|fecha solicitada|fecha requerida|fecha deseada|fecha servicio|fecha de servicio
        |fecha visita|fecha ruta|día|día de entrega|día entrega|entregar el|fecha programada
        |fecha compromiso|data di cons|data cons|data prevista|data prevista consegna
        |data consegna prevista|data richiesta|data consegna richiesta|data spedizione
        |data di spedizione|giorno|giorno di consegna|giorno consegna|consegna il|data servizio
        |data giro|data visita|data scarico|leverdag|bezorgdag|dag|bezorg datum|lever datum
        |leveringsdatum|leveringsdag|afleverdatum|aflever datum|afleverdag|gewenste datum
        |gewenste leverdatum|gewenste bezorgdatum|geplande datum|geplande leverdatum|ritdatum
        |verzenddatum|uitvoerdatum|bezoekdatum|leveren op|datum levering|datum bezorging|data dost
        |termin dostawy|dzień dostawy|dzień|planowana data dostawy|planowana data|data planowana
        |data realizacji|termin realizacji|data wysyłki|data wizyty|data trasy|dostawa dnia
        |żądana data dostawy|data prevista de entrega|data pretendida|data de expedição|data expedição
        |data envio|data de envio|data serviço|data do serviço|data rota|data da visita|dia
        |dia de entrega|dia da entrega|dia entrega|entregar em|entrega em|leveringsdato|dato
        |leverings dato|ønsket dato|leveransdatum|leveransdag|önskat datum|ønsket leveringsdato
        |datum dodání|datum doručení|termín dodání|datum rozvozu|den dodání""",
}

#: Headings that begin or end a window; any of them may stand alone or with a TIME_BASE word.
WINDOW_SIDES: dict[str, str] = {
    "window_start": """from|start|start time|begin|beginning|earliest|earliest time|after|not before
        |no earlier than|open|opens|ready|ready time|ready from|starts|time from|starting|min start|von
        |ab|frühestens|Beginn|Anfang|nicht vor|öffnet|frühester|de|début|à partir de|dès|au plus tôt
        |après|desde|desde la|inicio|desde las|a partir de|más temprano|dalle|inizio|da|dalle ore|van
        |vanaf|vroegst|na|od|początek|najwcześniej|das|início|abertura|desde as|from time|fromtime
        |time start|start from|starttime|start of window|window opens|window start time|opening time
        |open time|open from|opens at|opening hour|earliest arrival|earliest delivery|earliest start
        |earliest start time|earliest delivery time|earliest at|deliver after|delivery after
        |not earlier than|arrive after|arrive from|available from|ready at|ready by|ready after
        |ready from time|complete after|completeafter|lower bound|min time|minimum time|time min
        |from hour|from hrs|start hour|begin time|beginning time|begins|begins at|valid from
        |receiving from|tw open|tw begin|tw earliest|tw from|tw1|tw 1 start|lower|Von Uhrzeit
        |Uhrzeit von|Zeit von|Startzeit|Start Uhrzeit|Beginnzeit|Zeitbeginn|frühest|früheste
        |früheste Lieferung|frühestens ab|frühestens um|frühester Beginn|früheste Ankunft|früheste Zeit
        |früheste Uhrzeit|früh|ab Uhrzeit|ab Uhr|von Uhr|von ab|geöffnet ab|geöffnet von|offen ab
        |offen von|Öffnung|Annahme ab|Annahme von|lieferbar ab|möglich ab|nicht früher als
        |nicht vor Uhrzeit|Lieferung ab|Lieferung von|liefern ab|Anlieferung ab|Anlieferung von
        |Fensterbeginn|Fenster Start|Zeitfensterbeginn|Zeitfenster Start|Zeitfenster Anfang|ZF von
        |ZF Beginn|ZF Start|ZF ab|Anfangszeit|Beginn Zeitfenster|heure de début|heure début|heure min
        |heure mini|heure minimum|h début|h min|h mini|heure au plus tôt|plus tôt|plus tôt possible
        |livraison à partir de|livrer à partir de|livrer après|livraison après|début créneau
        |début de créneau|début du créneau|créneau début|début fenêtre|début livraison|début plage
        |ouverture|heure ouverture|heure d ouverture|ouvre à|ouvert dès|pas avant|horaire min
        |horaire mini|horaire de début|mini|entre|heure de|hora desde|hora de inicio|hora inicial
        |hora mín|hora mínima|hora apertura|apertura|hora de apertura|desde hora|desde hrs
        |inicio ventana|inicio franja|inicio de franja|inicio horario|ventana desde|ventana inicio
        |franja desde|franja inicio|horario desde|horario inicio|entrega desde|entregar desde
        |entregar después de|después de|no antes de|no antes|mínima|más pronto|lo antes|entre las|de las
        |empieza|comienzo|h inicio|h desde|ora di inizio|ora inizio|ora dalle|ora da|orario inizio
        |orario dalle|orario da|orario di inizio|inizio fascia|inizio finestra|inizio consegna
        |fascia dalle|fascia da|fascia inizio|finestra dalle|finestra inizio|consegna dalle|consegna da
        |consegna dopo|consegnare dopo|consegnare dalle|dopo|dopo le|non prima|non prima delle
        |non prima di|ora apertura|orario apertura|dalle h|da ore|da ora|h inizio|h dalle|min ora
        |ora min|ora minima|minimo|a partire da|a partire dalle|tra le|vanaf tijd|van tijd|tijd van
        |tijd vanaf|begintijd|starttijd|start tijd|aanvang|aanvangstijd|begin tijd|begin tijdvak
        |begin venster|tijdvak van|tijdvak vanaf|tijdvak begin|tijdvenster van|tijdvenster begin
        |tijdvenster vanaf|levering vanaf|leveren vanaf|leveren na|bezorgen vanaf|bezorgen na
        |bezorgtijd vanaf|niet voor|niet eerder dan|niet eerder|vroegste|vroegste tijd|vroegste levering
        |vroegste aankomst|open vanaf|geopend vanaf|opent|openingstijd vanaf|ingang|tussen|van uur
        |vanaf uur|od godz|od godziny|od której|czas od|godz od|godz rozpoczęcia|godzina rozpoczęcia
        |godzina początkowa|godz początek|początek okna|początek okna czasowego|okno od|okno początek
        |okno czasowe od|dostawa od|dostawa po|najwcz|najwcześniejsza godzina|najwcześniejsza dostawa
        |nie wcześniej niż|nie wcześniej|otwarcie|godz otwarcia|godzina otwarcia|otwarte od|czynne od
        |start okna|start godz|rozpoczęcie|po godz|po godzinie|między|hora de início|hora início
        |hora de abertura|abre|abre às|abre as|desde às|a partir das|a partir|início janela
        |início da janela|janela início|janela desde|janela de|início horário|horário início
        |horário desde|horário de início|entregar após|entregar a partir das|após|após as|depois das
        |depois de|não antes das|não antes de|mais cedo|mínimo|das h|entre as|h início|fra|fra kl
        |tidligst|start tid|från|från kl|tidigast|fra klokken|åbner|öppnar|åpner|od hodiny|od hod
        |nejdříve|čas od|začátek|otevřeno od|po hodině""",
    "window_end": """to|end|end time|latest|latest time|before|by|until|till|deadline|due|due time|close
        |closes|not after|no later than|ends|max end|time to|finish|ending|deliver before|deliver by
        |delivery before|delivery by|bis|spätestens|Ende|nicht nach|schließt|spätester|à|fin|jusqu à
        |avant|au plus tard|hasta|hasta la|hasta las|a|antes de|alle|fine|entro|alle ore|tot|uiterlijk
        |eind|einde|voor|do|koniec|najpóźniej|até|às|fim|fecho|to time|totime|time end|time until
        |time till|endtime|end of window|window closes|window close|window end time|closing time
        |close time|closing|closes at|closing hour|open to|open until|open till|latest arrival
        |latest delivery|latest end|latest start|latest start time|latest end time|latest delivery time
        |latest at|latest by|deliver until|deliver till|deliver no later than|delivered by
        |delivered before|not later than|no later|arrive by|arrive before|available to|available until
        |available till|ready to|due by|due at|due before|complete before|completebefore|complete by
        |upper bound|max time|maximum time|time max|to hour|to hrs|till time|until time|end hour
        |finish time|finish by|finishes|ends at|ends by|valid to|valid until|receiving to
        |receiving until|tw close|tw closes|tw latest|tw to|tw until|tw due|tw 1 end|upper|deadline time
        |delivery deadline|cut off|cutoff|cut off time|cutoff time|needed by|required by|before time
        |by time|must arrive by|must be there by|Bis Uhrzeit|Uhrzeit bis|Zeit bis|Endzeit|Ende Uhrzeit
        |Zeitende|spätest|späteste|späteste Lieferung|spätestens bis|spätestens um|spätestes Ende
        |späteste Ankunft|späteste Zeit|späteste Uhrzeit|spät|bis Uhr|vor Uhr|vor|bis spätestens
        |geöffnet bis|offen bis|Schließung|schließt um|Annahme bis|Annahmeschluss|lieferbar bis
        |möglich bis|nicht später als|nicht nach Uhrzeit|Lieferung bis|Lieferung vor|liefern bis
        |Anlieferung bis|Anlieferschluss|Fensterende|Fenster Ende|Zeitfensterende|Zeitfenster Ende
        |Zeitfenster bis|ZF bis|ZF Ende|Ende Zeitfenster|Frist|Lieferfrist|fällig bis|Fix bis
        |Endzeitpunkt|Schluss|heure de fin|heure fin|heure max|heure maxi|heure maximum|h fin|h max
        |h maxi|heure au plus tard|plus tard|heure limite|limite|limite de livraison
        |heure limite de livraison|livraison avant|livrer avant|livraison au plus tard|livraison jusqu à
        |fin créneau|fin de créneau|fin du créneau|créneau fin|fin fenêtre|fin livraison|fin plage
        |fermeture|heure fermeture|heure de fermeture|ferme à|pas après|horaire max|horaire maxi
        |horaire de fin|jusque|jusqu au|maxi|heure à|hora hasta|hora de fin|hora final|hora fin|hora máx
        |hora máxima|hora límite|límite|hora cierre|cierre|hora de cierre|hasta hora|hasta hrs
        |fin ventana|fin franja|fin de franja|fin horario|ventana hasta|ventana fin|franja hasta
        |franja fin|horario hasta|horario fin|entrega hasta|entrega antes de|entregar antes de
        |entregar hasta|antes|antes de las|no después de|más tardar|a más tardar|como máximo|máxima
        |más tarde|a las|termina|plazo|h hasta|ora di fine|ora fine|ora alle|ora a|orario fine
        |orario alle|orario a|orario di fine|fine fascia|fine finestra|fine consegna|fascia alle
        |fascia a|fascia fine|finestra alle|finestra fine|consegna alle|consegna entro
        |consegna prima delle|consegnare entro|consegnare prima|prima di|prima delle|entro le|entro ore
        |non oltre|non oltre le|non dopo|chiusura|ora chiusura|orario chiusura|alle h|a ore|h fine
        |h alle|max ora|ora max|ora massima|massimo|al più tardi|fino a|fino alle|scadenza|termine
        |ora limite|tot tijd|tijd tot|eindtijd|eind tijd|einde tijd|einde tijdvak|einde venster
        |tijdvak tot|tijdvak einde|tijdvenster tot|tijdvenster einde|levering tot|levering voor
        |leveren tot|leveren voor|bezorgen tot|bezorgen voor|bezorgtijd tot|niet na|niet later dan
        |niet later|laatste|laatste tijd|laatste levering|laatste aankomst|laatst|uiterste|uiterste tijd
        |uiterste levertijd|uiterlijk om|uiterlijke tijd|open tot|geopend tot|sluit|sluiting
        |sluitingstijd|openingstijd tot|t m|tot en met|tot uur|voor uur|deadline levering|do godz
        |do godziny|do której|czas do|godz do|godz zakończenia|godzina zakończenia|godzina końcowa
        |godz koniec|koniec okna|koniec okna czasowego|okno do|okno koniec|okno czasowe do|dostawa do
        |dostawa przed|najpóźn|najpóźniejsza godzina|najpóźniejsza dostawa|nie później niż|nie później
        |zamknięcie|godz zamknięcia|godzina zamknięcia|otwarte do|czynne do|termin godz|zakończenie
        |przed|przed godz|przed godziną|ostateczna godzina|hora de fim|hora fim|hora até|hora limite
        |hora de fecho|fecha|fecha às|fecha as|até às|até as|até hora|fim janela|fim da janela
        |janela fim|janela até|janela a|fim horário|horário fim|horário até|horário de fim|entrega até
        |entregar até|entregar antes das|antes das|não depois das|mais tardar|o mais tardar|mais tarde
        |máximo|às h|h fim|prazo|encerramento|til|til kl|senest|slut tid|till kl|senast|til klokken
        |lukker|stänger|stenger|inden|før|do hodiny|do hod|nejpozději|čas do|konec|otevřeno do|před""",
}

#: Words of time that stand beside a side ("delivery time from").
TIME_BASE_WORDS = """dlv|dlvry|delv|time|window|tw|slot|delivery|deliver|timeslot|timewindow|hours|hour
    |Zeitfenster|Lieferzeit|Lieferzeitfenster|Lieferung|Uhrzeit|Zeit|Öffnungszeit|Öffnungszeiten
    |Lieferfenster|Wunschzeit|créneau|horaire|heure|livraison|ventana|horaria|franja|hora|entrega
    |horario|fascia|oraria|ora|orario|consegna|tijdvak|tijdvenster|bezorgtijd|tijd|okno|czasowe|godzina
    |horário|janela|delivery time|service window|arrival|visit|appointment|receiving|del|clock|hrs
    |o clock|ship|drop|Uhr|Zeitfensters|Anlieferung|Zustellung|ZF|Zustellzeit|Fenster|h|heures|fenêtre
    |plage|tranche|livr|horas|reparto|tramo|finestra|ore|orari|tijdslot|uur|levering|levertijd|venster
    |bezorging|aflevering|godz|godziny|dostawa|dostawy|czas|okna|entregas|período|tidsvindue|tidsfönster
    |kl|leveranstid|leveringstid|čas|hod|hodina"""

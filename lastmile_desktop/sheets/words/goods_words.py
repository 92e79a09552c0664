"""Headings of what is brought, for whom it matters, and by whom. In the form of ``who_words``."""

from __future__ import annotations

GOODS_WORDS: dict[str, str] = {
    "quantity": """qty|quantity|boxes|parcels|packages|pcs|pieces|crates|items|pallets|units|load|cases
        |trays|no of boxes|number of boxes|no of items|number of items|no of parcels|number of parcels
        |no of packages|number of packages|lineitem quantity|item count|count|demand|bags|totes
        |box count|drops|amount of boxes|total items|total quantity|order quantity|item qty|Anzahl|Menge
        |Stück|Stk|Stückzahl|Pakete|Kisten|Kästen|Kartons|Paletten|Colli|Kolli|Packstücke|Anzahl Kisten
        |Anzahl Pakete|Anzahl Kartons|Kistenanzahl|Gebinde|Bestellmenge|Liefermenge|Anz|Körbe|Stueck
        |quantité|qté|colis|cartons|palettes|nombre de colis|nb colis|nombre|cantidad|bultos|cajas
        |unidades|palés|número de bultos|cant|quantità|q tà|qta|pezzi|cartoni|numero colli|n colli
        |aantal|dozen|kratten|stuks|aantal colli|aantal dozen|ilość|liczba paczek|sztuk|paczki
        |liczba sztuk|szt|quantidade|volumes|caixas|qtd|no de volumes|qnty|qtty|quant|qty boxes
        |qty ordered|ordered qty|order qty|qty total|total qty|qty pcs|qty pieces|qty units
        |quantity ordered|ordered quantity|quantity boxes|quantity to ship|quantity purchased
        |quantity shipped|shipped qty|item quantity|items qty|items quantity|items count|items ordered
        |number of pieces|no of pieces|no pieces|no of units|number of units|units qty|no of cases
        |number of cases|case count|case qty|cases qty|no of crates|number of crates|crate count
        |crates qty|no of pallets|number of pallets|pallet count|pallets qty|plt|plts|no of bags
        |number of bags|bag count|no of cartons|number of cartons|carton|carton count|ctn|ctns|ctn qty
        |colli qty|package count|packages count|package qty|package quantity|packages qty|pkgs|pkg
        |pkg count|no of pkgs|num packages|num parcels|num boxes|num items|parcel count|parcel qty
        |parcels qty|no parcels|no boxes|no items|no packages|boxes qty|box qty|bxs|piece count
        |pieces count|pcs qty|pces|pc|skids|drums|barrels|kegs|bottles|cylinders|meals|number of meals
        |no of meals|meal count|portions|bouquets|baskets|rolls|loads|bins|carts|trolleys|roll cages
        |cages|roll containers|bundles|copies|newspapers|papers|sacks|stillages|containers|totes qty
        |loading units|handling units|freight units|volume pieces|capacity|capacity needed|load units
        |load1|load 1|load qty|size units|amount of items|amount of parcels|nr of boxes|nr of parcels
        |nr of items|nr boxes|nr of packages|Anz Kisten|Anz Pakete|Anz Kartons|Anz Paletten|Anz Stück
        |Anz Colli|Anzahl Colli|Anzahl Kolli|Anzahl Paletten|Anzahl Stück|Anzahl Packstücke
        |Anzahl Pakete Stück|Anzahl Artikel|Anzahl Gebinde|Anzahl Säcke|Anzahl Behälter|Anzahl Boxen
        |Anzahl Sendungen|Anzahl Einheiten|Anzahl Essen|Anzahl Portionen|Stückz|Stck|Stückanzahl
        |Stück Anzahl|Gesamtmenge|Menge Stück|Menge Stk|Menge Kisten|Mengen|Mg|Kisten Anzahl|Kiste
        |Karton|Ktn|Krt|Paket|Pkt|Paketanzahl|Paketzahl|Paketmenge|Palette|Pal|Pal Anzahl|Palettenanzahl
        |Palettenzahl|PAL Plätze|Stellplätze|Europaletten|EUR Paletten|Behälter|Gebindeanzahl|Säcke|Sack
        |Fässer|Flaschen|Getränkekisten|Boxen|Box|Tüten|Beutel|Rollcontainer|RC|Rolli|Einheiten|VE|VPE
        |LE|Ladeeinheiten|Packst|Packstückanzahl|Anzahl Pst|Portionen|Essen|Gedecke|Exemplare
        |Bestellte Menge|Bestellanzahl|Auftragsmenge|Liefermenge Stück|Sträuße|Körbe Anzahl|qtés|qte
        |qté commandée|quantité commandée|quantité totale|qté totale|nb|nbr|nbre|nb de colis|nbre colis
        |nbre de colis|nombre colis|nbr colis|no de colis|nb cartons|nombre de cartons|nbre cartons
        |nb caisses|caisses|caisse|nombre de caisses|nb palettes|nombre de palettes|nbre palettes
        |nb pièces|nombre de pièces|pièces|pcs total|unités|nb unités|nombre d unités|nb articles
        |nombre d articles|nb paniers|paniers|nombre de paniers|sacs|nb sacs|bacs|nb bacs|fûts
        |bouteilles|paquets|nb paquets|nombre de paquets|nb repas|repas|nombre de repas|colisage|nb um
        |um|cantidad total|cant total|cantidad pedida|cantidad bultos|no bultos|núm bultos|nro bultos
        |num bultos|n bultos|nº de bultos|total bultos|no cajas|núm cajas|número de cajas|cantidad cajas
        |no paquetes|paquetes|número de paquetes|palets|no palets|número de palets|piezas|no piezas
        |número de piezas|uds|ud|unids|unid|no unidades|número de unidades|cantidad unidades|sacos
        |botellas|garrafas|bidones|bolsas|cestas|no colis|artículos|número de artículos|raciones|menús
        |q ta|qtà|quantità totale|qtà totale|qta totale|quantità ordinata|nr colli|num colli
        |totale colli|no colli|colli totali|n cartoni|nr cartoni|numero cartoni|scatole|n scatole
        |numero scatole|casse|n casse|numero casse|cassette|n cassette|pacchi|n pacchi|numero pacchi
        |bancali|n bancali|numero bancali|pallet|n pallet|nr pallet|numero pallet|pedane|n pezzi
        |nr pezzi|numero pezzi|pz|pz totali|unità|sacchi|bottiglie|fusti|ceste|cesti|buste|borse|pasti
        |n pasti|numero pasti|confezioni|n confezioni|aantal stuks|aantal pakketten|aantal paketten
        |pakketten|pakket|aantal pakjes|pakjes|aantal kratten|doos|aantal doos|aantal pallets
        |pallet aantal|aantal zakken|zakken|aantal kisten|aantal bakken|bakken|aantal eenheden|eenheden
        |aantal artikelen|artikelen|aantal rolcontainers|rolcontainers|aantal flessen|flessen
        |aantal tassen|tassen|aantal maaltijden|maaltijden|aantal boxen|aantal items|totaal aantal
        |hoeveelheid|hoev|colli aantal|aant|aantal besteld|besteld aantal|vaten|fusten|il szt|ilość szt
        |ilość sztuk|ilość paczek|ilość palet|ilość kartonów|ilość skrzynek|ilość opakowań|ilość pudełek
        |ilość worków|ilość pojemników|ilość zestawów|ilość całkowita|ilość razem|ilość zamówiona
        |zamówiona ilość|liczba|liczba palet|liczba kartonów|liczba skrzynek|liczba opakowań
        |liczba pudełek|liczba zestawów|liczba sztuk paczek|l szt|l paczek|paczka|palety|palet
        |liczba miejsc paletowych|miejsca paletowe|kartony|skrzynki|skrzynie|pudełka|pudła|opakowania
        |worki|pojemniki|butelki|zestawy|posiłki|liczba posiłków|sztuki|jednostki|qtd total|qtde
        |qtd volumes|qtd caixas|qt|quantidade total|quantidade volumes|quantidade de volumes
        |quantidade de caixas|nr volumes|n volumes|número de volumes|num volumes|volume nr|nº volumes
        |total volumes|nr caixas|n caixas|número de caixas|caixa|grades|embalagens|no embalagens
        |número de embalagens|pacotes|número de pacotes|paletes|no paletes|número de paletes|peças
        |no peças|número de peças|nr unidades|itens|no itens|número de itens|garrafões|cestos|cabazes
        |refeições|artigos|antal|antal kolli|antal pakker|antal kasser|antal paller|pakker|kasser|paller
        |mængde|antal paket|antal lådor|antal pallar|lådor|kartonger|antal enheter|antall|antall kolli
        |antall pakker|antall esker|esker|počet|počet kusů|množství|kusů|ks|počet balíků|balíky
        |počet krabic|krabice|počet palet|počet beden|bedny|počet ks""",
    "weight": """weight|kg|kgs|gross weight|net weight|lbs|lb|total weight|weight total|load weight|mass
        |Gewicht|Gesamtgewicht|Bruttogewicht|Nettogewicht|Kilo|Masse|poids|poids total|poids brut|peso
        |peso total|peso bruto|peso lordo|peso netto|totaal gewicht|waga|masa|wt|wt kg|wgt|weights
        |total wt|gross wt|net wt|total gross weight|shipment weight|shipping weight|parcel weight
        |package weight|packages weight|order weight|item weight|consignment weight|delivery weight
        |load wt|cargo weight|freight weight|weight per order|weight of order|weight in kg|weight in lbs
        |kilos|kilogram|kilograms|kilogrammes|pounds|tonnage|tonnes|tons|est weight|estimated weight
        |approx weight|actual weight|chargeable weight|ges weight|load2 weight|Gew|Gew kg|Ges Gewicht
        |Ges Gew|Gewicht gesamt|Gewicht ges|Gewicht brutto|Gewicht netto|Bruttogew|Nettogew|Ladegewicht
        |Liefergewicht|Sendungsgewicht|Paketgewicht|Warengewicht|Auftragsgewicht|Tonnen|Kilogramm
        |Gewichte|Gewicht pro Auftrag|poids colis|poids net|poids en kg|poids commande|poids expédition
        |pds|pds brut|pds total|masse totale|peso kg|peso neto|peso en kg|peso bultos|peso envío
        |peso pedido|peso mercancía|peso tot|peso totale|peso in kg|peso merce|peso spedizione
        |peso colli|kili|p lordo|p netto|peso ordine|chili|bruto gewicht|netto gewicht|brutogewicht
        |gewicht totaal|totaalgewicht|gewicht in kg|zendingsgewicht|laadgewicht|ladinggewicht
        |waga brutto|waga netto|waga całkowita|waga łączna|masa brutto|waga paczki|waga przesyłki
        |waga towaru|waga zamówienia|ciężar|łączna waga|kg brutto|peso líquido|peso encomenda|peso em kg
        |peso mercadoria|quilos|peso volumes|p bruto|vægt|vægt kg|bruttovægt|vikt|vikt kg|bruttovikt
        |totalvikt|vekt|vekt kg|bruttovekt|hmotnost|váha|hmotnost kg|celková hmotnost""",
    "volume": """volume|m3|cbm|cubic metres|cubic meters|volume total|total volume|Volumen|Kubikmeter
        |Rauminhalt|Ladevolumen|objętość|litres|liters|Liter|vol|vol m3|vols m3|cube|cubes|cubage
        |cbm total|total cbm|cubic|cubic m|cubic feet|cu ft|cuft|cft|cubic volume|package volume
        |parcel volume|order volume|load volume|shipment volume|cubic metre|cubic meter|litre volume
        |volume litres|volume liters|Volumen gesamt|Gesamtvolumen|Volumen m3|Rauminh|Kubatur|Ladevol
        |Packvolumen|Raumbedarf|volume total m3|vol m3 total|cubage m3|volumétrie|mètres cubes|litrage
        |vol total|volumen total|metros cúbicos|cubicaje|litros|volume m3|volume totale|volume merce
        |metri cubi|litri|cubatura|volume in m3|inhoud|totaal volume|kuub|liter inhoud|objętość m3|obj
        |objętość całkowita|kubatura|metry sześcienne|litry|cubicagem|volumetria|rumfang|volym|volum
        |objem|objem m3|kubíky""",
    "notes": """notes|note|comments|comment|instructions|instruction|remarks|remark|delivery note
        |delivery notes|special instructions|delivery instructions|customer note|customer notes
        |driver notes|driver note|message|info|additional info|information|gate code|access notes
        |order notes|special requests|note attributes|driver instructions|Bemerkung|Bemerkungen|Hinweis
        |Hinweise|Anmerkung|Anmerkungen|Notiz|Notizen|Fahrernotiz|Fahrerhinweis|Lieferhinweis
        |Lieferhinweise|Kommentar|Zustellhinweis|Infos|Zusatzinfo|Besonderheiten|commentaire
        |commentaires|remarque|remarques|consigne|consignes|instructions de livraison|observaciones
        |notas|comentario|comentarios|instrucciones|annotazioni|osservazioni|commenti|opmerking
        |opmerkingen|instructie|instructies|notitie|uwagi|komentarz|notatki|observações|comentário
        |instruções|note to driver|note from customer|notes from customer|fulfillment notes
        |fulfilment notes|shipping notes to carrier|notes to driver|notes for driver|note for driver
        |driver comment|driver comments|driver info|driver information|driver message|drivers notes
        |notes driver|delivery instruction|delivery comment|delivery comments|delivery remarks
        |delivery remark|delivery info|delivery information|delivery memo|special instruction
        |special notes|special note|special delivery instructions|special handling|handling instructions
        |handling notes|access|access info|access instructions|access code|access codes|door code
        |entry code|entry instructions|gate codes|key code|key info|keysafe|key safe|buzzer|buzzer code
        |parking|parking info|parking notes|directions|drop instructions|drop off instructions
        |dropoff notes|drop notes|drop off notes|leave at|leave with|leave where|safe place|safeplace
        |safe place instructions|place to leave|where to leave|memo|memos|remark 1|note 1|notes 1|notes1
        |note1|customer comment|customer comments|customer message|customer instructions|customer memo
        |buyer note|buyer notes|buyer message|buyer comments|message from buyer|gift message
        |shopper notes|recipient notes|recipient note|stop notes|stop note|job notes|job description
        |task details|task notes|task note|order note|order comments|order comment|order instructions
        |order remarks|order memo|checkout note|checkout notes|internal note|internal notes|staff notes
        |private notes|additional notes|additional information|additional instructions
        |additional details|other info|other information|misc|miscellaneous|extra info|extra information
        |extras|details|description of location|things to know|important|attention notes|custom notes
        |shipping note|shipping notes|shipping instructions|shipping comments|requests|request
        |special request|p s|custom field notes|free text|text|comment 1|allergies|allergens|diet
        |dietary notes|Bem|Bemerk|Bemerkung 1|Bemerkung Fahrer|Bemerkung Lieferung
        |Bemerkung zur Lieferung|Bemerkungen Lieferung|Bemerkungen Fahrer|Hinw|Hinweis Fahrer
        |Hinweis für Fahrer|Hinweise Fahrer|Hinweise für Fahrer|Hinweis an Fahrer|Hinweise an den Fahrer
        |Hinweis Zustellung|Hinweis zur Lieferung|Info Fahrer|Info an Fahrer|Fahrerinfo|Fahrer Info
        |Fahrerinfos|Fahrer Notiz|Fahreranweisung|Anm|Anmerk|Anmerkung Kunde|Kundennotiz|Kundenhinweis
        |Kundenanmerkung|Kundenkommentar|Kundenwunsch|Notiz Fahrer|Notiz 1|Zusatzinformation
        |Zusatzinformationen|Zusatzinfos|zusätzliche Infos|weitere Infos|Sonstiges|Sonst|Besonderes
        |Besonderheit|bes Hinweise|Ablageort|Abstellort|Abstellplatz|Abstellgenehmigung|Ablage
        |Ablieferhinweis|Zustellhinweise|Zustellinfo|Anlieferhinweis|Anlieferhinweise|Anlieferinfo
        |Lieferinfo|Lieferinfos|Liefernotiz|Lieferbemerkung|Lieferanweisung|Lieferanweisungen
        |Liefervermerk|Vermerk|Anweisung|Anweisungen|Freitext|Schlüssel|Schlüsselcode|Türcode|Torcode
        |Zugang|Zugangscode|Code Tür|Parken|Parkhinweis|zu beachten|Achtung|Wichtig|Nachricht|Mitteilung
        |Allergien|notes livraison|note livraison|note chauffeur|notes chauffeur|note pour le chauffeur
        |instruction livraison|instructions livraison|instructions chauffeur|instructions particulières
        |consigne livraison|consignes de livraison|consignes chauffeur|commentaire client
        |commentaires client|commentaire livraison|commentaire de livraison|message client
        |message du client|observations|observation|obs|informations|informations complémentaires
        |infos complémentaires|info complémentaire|info livraison|infos livraison|infos chauffeur
        |info chauffeur|divers|accès|code accès|code d accès|codes d accès|digicode|code porte
        |code portail|interphone|particularités|particularité|précisions|précision|rq|rem
        |remarque livraison|détails|à savoir|texte libre|nota|notas de entrega|notas entrega
        |nota entrega|notas repartidor|notas conductor|notas del pedido|notas cliente|nota cliente
        |notas del cliente|observación|observ|observaciones entrega|observaciones de entrega
        |observaciones cliente|observaciones reparto|instrucciones entrega|instrucciones de entrega
        |instrucciones especiales|indicaciones|indicaciones de entrega|indicaciones entrega
        |información adicional|info adicional|detalles|mensaje|mensaje cliente|aclaraciones|anotaciones
        |otros|código puerta|código acceso|portero|alergias|avisos|texto libre|note consegna
        |note di consegna|note per la consegna|note autista|note per autista|note per l autista
        |note cliente|note ordine|note del cliente|note corriere|note aggiuntive|note varie|avvertenze
        |avvisi|istruzioni|istruzioni di consegna|istruzioni consegna|indicazioni|indicazioni consegna
        |informazioni|informazioni aggiuntive|info consegna|commento|commento cliente|osservazione|oss
        |messaggio|messaggio cliente|dettagli|varie|altro|citofono|codice accesso|codice porta|allergie
        |annotazione|opm|opmerking levering|opmerkingen levering|opmerking chauffeur
        |opmerkingen chauffeur|opmerking klant|opmerkingen klant|opmerking bezorger|opmerkingen bezorger
        |bezorgopmerking|bezorginstructie|bezorginstructies|leveringsinstructies|leverinstructie
        |leverinstructies|afleverinstructie|afleverinstructies|aflever instructies|instructie chauffeur
        |instructies chauffeur|notities|notitie chauffeur|bijzonderheden|bijzonderheid|bijz
        |extra informatie|informatie|aanvullende info|aanvullende informatie|toelichting|commentaar
        |bericht|bericht klant|overig|overige|overige info|toegang|toegangscode|deurcode|parkeren|let op
        |allergieën|vrije tekst|uwaga|uwagi do dostawy|uwagi dostawy|uwagi dla kierowcy|uwagi kierowca
        |uwagi klienta|uwagi do zamówienia|komentarze|komentarz klienta|komentarz do zamówienia
        |komentarz kierowca|notatka|notatka dla kierowcy|instrukcje|instrukcja|instrukcje dostawy
        |instrukcje dla kierowcy|informacje|informacje dodatkowe|dodatkowe informacje|info dla kierowcy
        |wiadomość|wiadomość od klienta|opis|opis dojazdu|dojazd|wskazówki|wskazówki dla kierowcy|inne
        |szczegóły|kod do drzwi|kod domofonu|domofon|alergie|adnotacje|dodatkowe uwagi|observação
        |obs entrega|obs de entrega|obs cliente|observações entrega|observações de entrega
        |observações cliente|observações do cliente|notas motorista|nota motorista|notas ao motorista
        |comentários|comentário cliente|comentários do cliente|instruções entrega|instruções de entrega
        |instruções especiais|indicações|indicações de entrega|informação|informações
        |informação adicional|informações adicionais|mensagem|mensagem do cliente|detalhes|outros
        |código de acesso|código porta|texto livre|lembrete|bemærkning|bemærkninger|note til chauffør
        |kommentarer|besked|leveringsinstruks|leveringsnote|anmärkning|anmärkningar|meddelande|notering
        |noteringar|leveransinstruktion|portkod|övrigt|merknad|merknader|beskjed|poznámka|poznámky
        |poznámka pro řidiče|poznámka řidič|pokyny|vzkaz""",
    "skills": """skills|skill|requirements|requirement|vehicle features|vehicle feature|features|tags
        |tag|needs|need|required skills|equipment|special equipment|vehicle requirements|requires
        |vehicle type|Anforderung|Anforderungen|Fahrzeugtyp|Merkmal|Merkmale|Ausstattung|Erfordernisse
        |Benötigt|Fähigkeiten|libellés|compétences|exigences|équipement|etiquetas|habilidades|requisiti
        |competenze|kenmerken|vaardigheden|wymagania|umiejętności|requisitos|requisitos do veículo
        |required skill|skill required|skills required|skills needed|required features
        |required vehicle features|required equipment|vehicle needs|special requirements
        |vehicle requirement|truck requirements|equipment needed|equipment required|needs equipment
        |special needs|required vehicle type|vehicle type required|vehicle types|capabilities
        |required capabilities|driver skills|driver skill|qualifications|certificates|types needed
        |Anforderung Fahrzeug|Fahrzeuganforderung|Fahrzeuganforderungen|benötigte Ausstattung
        |Ausstattung nötig|Hilfsmittel|Qualifikation|Qualifikationen|benötigte Fähigkeiten
        |Spezialausstattung|Fahrzeugart|Fahrzeugmerkmal|Fahrzeugmerkmale|Kompetenzen|équipements
        |équipement requis|équipements requis|compétences requises|type de véhicule|type véhicule
        |véhicule requis|besoins|requisitos vehículo|equipamiento|equipo necesario|tipo de vehículo
        |tipo vehículo|capacidades|necesidades|attrezzatura|attrezzature|attrezzatura richiesta
        |tipo veicolo|tipo di veicolo|tipo mezzo|requisiti mezzo|esigenze|vereisten
        |vereiste vaardigheden|benodigdheden|voertuigtype|type voertuig|uitrusting|benodigde uitrusting
        |eisen|wymagane umiejętności|wymagany pojazd|typ pojazdu|rodzaj pojazdu|wyposażenie
        |wymagane wyposażenie|kwalifikacje|competências|equipamento|equipamentos|tipo de veículo
        |tipo veículo|necessidades|krav|udstyr|køretøjstype|fordonstyp|fordonskrav|kompetens|utrustning
        |utstyr|požadavky|vybavení|typ vozidla""",
    "priority": """priority|prio|urgent|urgency|rank|importance|order priority|Priorität|Eilig
        |Dringlichkeit|Dringend|priorité|prioridad|priorità|urgente|prioriteit|spoed|priorytet|pilne
        |prioridade|prio level|priority level|prio 1 3|order prio|priorty|urgent delivery|is urgent
        |urgent yes no|rush|rush order|express|vip|Prio Stufe|Prior|Priorit|Dringlichkeitsstufe
        |Wichtigkeit|Rang|Eilt|Eilauftrag|niveau de priorité|niveau priorité|priorité livraison
        |priorité client|urgence|urgent o n|nivel de prioridad|urgencia|urgente s n|importancia
        |livello priorità|urgenza|importanza|prioriteit niveau|spoed j n|urgentie|spoedorder|pilność
        |pilny|ważność|priorytet zamówienia|urgência|nível de prioridade|importância|prioritet|hast
        |haster|brådskande|angeläget|priorita|spěchá|naléhavost""",
    "kind": """type|kind|order type|job type|stop type|task type|pickup delivery|delivery pickup
        |pickup or delivery|service type|Art|Auftragsart|Auftragstyp|Typ|Sendungsart|type d arrêt|tipo
        |tipo de parada|soort|rodzaj|order kind|kind of order|delivery or pickup|delivery or collection
        |collection or delivery|delivery type|delivery pick up|pick up delivery|pickup or dropoff
        |pickup dropoff|pickup drop off|stop kind|task kind|activity|activity type|action|job kind
        |direction|operation|movement|del col|p d|pu del|d p|transaction type|Art des Auftrags
        |Art des Stopps|Stoppart|Stopptyp|Lieferart|Lieferung Abholung|Lieferung oder Abholung
        |Abholung Lieferung|Auftrags Art|Bewegungsart|Vorgangsart|Tätigkeit|Aktion|type de commande
        |type commande|type d opération|type opération|type de mission|livraison enlèvement
        |livraison ou enlèvement|enlèvement livraison|sens|nature|type arrêt|tipo de pedido|tipo pedido
        |tipo de servicio|tipo servicio|tipo de orden|entrega recogida|entrega o recogida
        |recogida entrega|operación|tipo ordine|tipo di ordine|tipo operazione|tipo servizio
        |consegna ritiro|consegna o ritiro|ritiro consegna|operazione|type order|type opdracht
        |soort opdracht|soort stop|soort order|levering ophaling|leveren ophalen|ophalen leveren
        |bezorgen ophalen|rodzaj zlecenia|typ zlecenia|rodzaj zamówienia|typ zamówienia|dostawa odbiór
        |odbiór dostawa|operacja|tipo de encomenda|tipo encomenda|tipo de serviço|tipo serviço
        |entrega recolha|entrega ou recolha|recolha entrega|operação|ordretype|type levering|ordertyp
        |typ av uppdrag|typ zakázky|druh|typ objednávky""",
    "vehicle": """driver|vehicle|assigned to|route|van|truck|assigned driver|driver name|route name|tour
        |Fahrer|Fahrzeug|chauffeur|véhicule|tournée|conductor|vehículo|ruta|autista|mezzo|giro|voertuig
        |rit|kierowca|pojazd|trasa|motorista|veículo|rota|driver assigned|assigned vehicle
        |vehicle assigned|assigned van|vehicle name|van no|van name|vehicle no|truck no|truck name
        |route no|route number|route id|route code|run|run no|run name|run number|round name|round no
        |round number|driver route|allocated to|allocated driver|courier|courier name|assign to|assignee
        |territory|trip|trip no|Fahrername|Fahrer Name|Tour Nr|Tournr|Tournummer|Tourname|Touren
        |Route Nr|Routennr|Routenname|Fahrzeug Nr|Fahrzeugnr|Wagen|LKW|Kennzeichen|Zusteller|Bote|Kurier
        |Runde Nr|livreur|nom chauffeur|nom du chauffeur|camion|no tournée|nom tournée|tournée no
        |circuit|conducteur|repartidor|transportista|chófer|camión|furgoneta|no ruta|nombre ruta
        |ruta asignada|conductor asignado|corriere|fattorino|furgone|camion mezzo|veicolo|n giro
        |nome giro|linea|percorso|bezorger|koerier|bus voertuig|route naam|routenaam|routenummer|routenr
        |ritnr|ritnummer|bestuurder|vrachtwagen|dostawca|nr trasy|numer trasy|nazwa trasy|kurs|samochód
        |auto|nr rejestracyjny|estafeta|condutor|viatura|carrinha|no rota|nome da rota|circuito|percurso
        |chauffør|rute|rutenr|tur|bil|køretøj|förare|rutt|fordon|sjåfør|kjøretøy|řidič|vozidlo""",
    "skip_price": """skip price|price for leaving out|skip penalty|penalty|leave out price
        |price of skipping|skip cost|Preis für Auslassen|Auslasspreis|Strafkosten""",
}

"""Headings of addresses and positions. In the form of ``who_words``."""

from __future__ import annotations

PLACE_WORDS: dict[str, str] = {
    "address": """address|location|destination|full address|delivery address|shipping address
        |ship to address|drop off address|dropoff address|customer address|site address|postal address
        |location address|delivery location|delivery point|Adresse|Anschrift|Lieferadresse
        |Lieferanschrift|Kundenadresse|Zustelladresse|Zieladresse|Empfängeradresse|adresse de livraison
        |adresse complète|adresse client|lieu de livraison|dirección|domicilio|dirección de entrega
        |dirección completa|indirizzo|indirizzo di consegna|indirizzo completo|adres|afleveradres
        |bezorgadres|leveradres|volledig adres|adres dostawy|pełny adres|adres klienta|morada|endereço
        |morada de entrega|endereço de entrega|morada completa|addr full|address full|addresses
        |complete address|entire address|formatted address|address text|full delivery address
        |delivery addr|del address|del addr|shipping addr|ship address|ship addr|ship to addr
        |street address full|stop address|job address|client address|recipient address|receiver address
        |consignee address|service address|drop address|drop location|dropoff location|drop off location
        |drop off|dropoff|drop off point|delivery place|place of delivery|deliver to address|delivery to
        |deliver at|to address|destination address|venue address|shop address|store address|home address
        |residential address|mailing address|property|property address|premises|location full
        |address complete|address street city zip|address and postcode|address incl postcode
        |address with postcode|single line address|map address|google maps address|gps address|Adr
        |Lieferadr|Liefer Adr|Lieferadresse komplett|vollständige Adresse|volle Adresse|Gesamtadresse
        |komplette Adresse|ganze Adresse|Adresse komplett|Adresse Kunde|Anschrift Kunde|Kundenanschrift
        |Zustellanschrift|Zustelladr|Versandadresse|Versandanschrift|Empfängeranschrift|Ziel
        |Zielort Adresse|Zielanschrift|Lieferort Adresse|Objektadresse|Stoppadresse|Besuchsadresse
        |Postanschrift|Postadresse|Adresszeile|Wohin|Wo|Lieferung an|Lieferung nach|Entladestelle
        |Entladeort|Abladeort|Lieferpunkt|Haltestelle|adr livraison|adresse livraison|adresse de livr
        |adresse du client|adresse destinataire|adresse du destinataire|adresse postale
        |adresse d expédition|adresse de destination|lieu|adresse chantier|adresse arrêt
        |livraison adresse|dirección entrega|dirección completa de entrega|dir entrega|dir|direcc
        |dirección envío|dirección de envío|dirección cliente|dirección del cliente|dirección postal
        |dirección destino|domicilio de entrega|domicilio entrega|lugar de entrega|lugar|destino
        |ubicación|dirección destinatario|domicilio completo|indirizzo consegna|ind consegna
        |indirizzo di spedizione|indirizzo spedizione|indirizzo cliente|indirizzo destinatario
        |indirizzo del cliente|indirizzo destinazione|luogo di consegna|luogo consegna|destinazione
        |luogo|ind|recapito consegna|dest merce|destinazione merce|indirizzo di destinazione
        |adres levering|afleveradres volledig|aflever adres|bezorg adres|adres klant|klantadres
        |adres ontvanger|adres volledig|adresgegevens|leveringsadres|verzendadres|bestemming|locatie
        |afleverlocatie|losadres|losplaats|bezorglocatie|adres compleet|adres do dostawy|adres dost
        |adres odbiorcy|adres dostarczenia|adres wysyłki|adres doręczenia|miejsce dostawy
        |miejsce rozładunku|adres rozładunku|lokalizacja|adres kompletny|adres pełny|dostawa adres
        |morada entrega|morada cliente|morada do cliente|morada de envio|endereço cliente
        |endereço do cliente|endereço completo|endereço entrega|endereço de envio|local de entrega
        |local entrega|local|morada destinatário|local de descarga|leveringsadresse|leverings adresse
        |fuld adresse|leveransadress|leverans adress|gatuadress och ort|besöksadress|fullständig adress
        |adress|fullstendig adresse|dodací adresa|adresa|adresa dodání|místo dodání|doručovací adresa
        |adresa doručení|adresa příjemce""",
    "street": """street|address 1 2|street address|street name|address line 1|address line|address 1
        |addr 1|addr|ship address 1|street 1|road|street and number|street no|street and house number
        |street number name|Straße|Str|Straße und Hausnr|Straße und Hausnummer|Straße Hausnummer
        |Straße Hausnr|Straße Nr|Straße und Nr|Lieferstraße|Strassenname|Adresse 1|Adresszeile 1
        |Straße 1|voie|rue|adresse ligne 1|nom de la rue|numéro et rue|calle|vía|calle y número
        |dirección 1|via|indirizzo 1|via e numero|straat|straatnaam|straat en huisnummer|adresregel 1
        |ulica|ulica i numer|ul|rua|morada 1|endereço 1|streetname|street 1 and no|street and no
        |street no and name|street nr|street name and number|house number and street|number and street
        |no and street|street line|street line 1|address line1|addressline1|address ln 1|line 1|line1
        |addressline|adress line 1|address street|thoroughfare|street addr|road name|street road
        |ship to street|ship street|building and street|street house no|street and house no|street house
        |Straße HNr|Str Nr|Str Hausnr|Str u Nr|Str und Nr|Straße u Hausnr|Straße u Nr|Straße und HNr
        |Straße mit Hausnummer|Straße mit Nr|Gasse|Weg|Straße Platz|Anschrift Straße|Anschrift 1
        |Kundenstraße|Lieferadresse Straße|Zustellstraße|Straße Hs Nr|no et rue|no rue|rue et numéro
        |rue et no|no et voie|numéro et voie|adresse rue|nom de voie|nom voie|libellé voie|rue livraison
        |adresse 1 livraison|ligne 1|ligne adresse 1|adresse1|calle y no|calle y núm|calle no
        |nombre de la calle|nombre calle|dirección línea 1|línea 1|dirección1|dir 1|vía pública
        |calle número|avenida|domicilio calle|via e n|via n|via e civico|via piazza|via civico
        |via n civico|indirizzo e civico|indirizzo via|indirizzo1|riga 1|strada|via e numero civico
        |via piazza n|straat en nr|straat en nummer|straat nr|straat huisnummer|straat huisnr
        |straat en huisnr|straat 1|adres 1|adresregel1|regel 1|weg en nummer
        |straat en huisnummer toevoeging|ulica nr|ulica i nr|ulica i nr domu|ulica nr domu|ul nr
        |ulica numer|nazwa ulicy|ul nr domu|ulica i numer domu|rua e no|rua e número|rua no|rua número
        |nome da rua|avenida rua|arruamento|logradouro|morada linha 1|linha 1|endereço linha 1
        |via pública|gade|gade og nr|vejnavn|vej|gatuadress|gata|gatunamn|gate|gateadresse|veiadresse
        |ulice|ulice a číslo|ulice číslo|ulice a č p""",
    "house_number": """house number|house no|house|street number|building no|Hausnr|Hausnummer|HNr
        |Haus Nr|numéro de rue|n de rue|portal|civico|n civico|numero civico|huisnummer|huisnr|nr domu
        |numer domu|porta|número da porta|house nr|housenumber|house num|house nbr|bldg no|bldg number
        |building number|street num|street nbr|no street|premise no|door number|door no|Haus Nummer
        |Hs Nr|HsNr|Hausn|H Nr|Haus|numéro rue|no rue numéro|no de rue|no voie|numéro voie
        |numéro de voie|no maison|numéro maison|núm calle|no calle|número calle|número de calle
        |número portal|nro calle|num civico|nr civico|n civ|civ|no civico|huis nummer|huis nr|huisnum
        |nr huis|nr bud|nr budynku|numer budynku|nr dom|no porta|n porta|número porta|no de porta
        |número de polícia|no polícia|husnr|husnummer|hus nr|číslo domu|č domu|číslo popisné
        |popisné číslo""",
    "address_2": """address line 2|address 2|addr 2|apt|apartment|suite|floor|flat|ship address 2
        |street 2|building|unit no|apt suite|address line 3|Adresszusatz|Zusatz|Etage|Stockwerk
        |Adresszeile 2|Adresse 2|Straße 2|Wohnung|Hausnummernzusatz|complément|complément d adresse
        |étage|bâtiment|complemento|piso|puerta|dirección 2|interno|scala|piano|indirizzo 2|toevoeging
        |verdieping|huisnummer toevoeging|adresregel 2|nr lokalu|numer lokalu|piętro|mieszkanie|andar
        |morada 2|addressline2|address line2|line 2|line2|addr line 2|adress line 2|apt no|apt unit
        |apt number|apartment no|apartment number|apt suite unit|apt suite floor|apartment suite
        |apartment suite unit|suite no|suite number|flat no|flat number|unit number|unit suite|room
        |room no|block|tower|building name|house name|address extra|address additional
        |additional address|address details|address supplement|secondary address|extension|floor no
        |entrance|staircase|level|stop line 2|address 3|addr 3|Adresszusatz 1|Adresszusatz 2|Adr Zusatz
        |AdrZusatz|Adress Zusatz|Zusatz zur Adresse|Zusatzadresse|Hausnr Zusatz|Zus|Whg|Whg Nr
        |Wohnung Nr|Wohnungsnr|App|Stiege|Tür|Top|Stock|Stg|Geschoss|Gebäude|Gebäudeteil|Aufgang|Eingang
        |Hinterhaus|Anschrift 2|Straße Zusatz|Adresszeile 3|complément adresse|complément d adr
        |compl adresse|cplt adresse|cplt|compl|compl adr|adresse ligne 2|ligne 2|adresse2|bât|bat|appt
        |appartement|no appt|no appartement|porte|escalier|esc|résidence|interphone étage|étage porte
        |bâtiment étage|complemento dirección|dirección línea 2|línea 2|dirección2|escalera|planta
        |bloque|portal piso|piso puerta|piso letra|pta|edificio|depto|departamento|apartamento
        |urbanización|indirizzo2|compl indirizzo|complemento indirizzo|int|palazzina|palazzo
        |appartamento|citofono piano|scala piano|scala interno|scala int|riga 2|toev|huisnr toev
        |huisnummertoevoeging|huisnr toevoeging|huisnrtoevoeging|toevoeging huisnummer|toev huisnr
        |nr toev|adresregel2|adres 2|bus|busnr|busnummer|regel 2|appartement nr|gebouw|verd|extra adres
        |adresaanvulling|nr lok|lokal|lok|nr mieszkania|numer mieszkania|nr m|nr mieszk|mieszk|klatka
        |piętro lokal|budynek|dodatkowe informacje adresowe|adres cd|andar porta|piso andar|fração|bloco
        |lote|apto|complemento morada|morada linha 2|linha 2|endereço linha 2|endereço 2|edifício
        |esquerdo direito|piso porta|etage dør|sal|dør|lejlighed|våning|lägenhet|lgh|lgh nr
        |portkod våning|etasje|leilighet|patro|byt|č bytu|číslo bytu|vchod""",
    "postcode": """zip|zip code|zipcode|postcode|post code|postal code|postalcode|eircode|postal|PLZ
        |Postleitzahl|code postal|CP|código postal|CAP|codice postale|kod pocztowy|kod|CEP|Liefer PLZ
        |Empfänger PLZ|zip or postcode|zip postcode|zip postal|zip postal code|postal zip
        |postal zip code|postcode zip|zipcode 5|zip 5|post zip|pin code|pincode|pin no|zip nr
        |ship to zip|ship zipcode|ship postcode|ship zip|area code post|po code|pcode|p code|pc
        |delivery zip|ship to postal code|ship postal code|PLZ Nr|Postl Zahl|Postleitz|Post Leitzahl
        |PLZahl|Plz Kunde|PLZ Lieferort|LieferPLZ|Empf PLZ|code post|code p|cpost|cp livraison|c postal
        |code postal livraison|npa|cod postal|cód postal|cod post|d p|c p|código p|distrito postal
        |cod avv post|codice avviamento postale|cod postale|c a p|pc nr|postnr|postkode
        |postcode levering|kod poczt|kod p|kod poczt odbiorcy|poczta kod|kod pocz|cód post|código post
        |codigo de postal|post nr|postnummer|postnr by|psč|psc|poštovní směrovací číslo""",
    "town": """city|town|city town|town city|locality|postcode town|postcode and town|postcode city
        |zip city|city zip|town postcode|city state zip|city and zip|municipality|village|Ort|Stadt
        |Wohnort|PLZ Ort|PLZ und Ort|PLZ Stadt|Ort PLZ|Lieferort|Gemeinde|Ortschaft|ville|commune
        |localité|CP ville|code postal ville|ciudad|población|localidad|municipio|CP población|città
        |comune|località|cap città|plaats|woonplaats|stad|postcode plaats|gemeente|miasto|miejscowość
        |kod miasto|localidade|cidade|concelho|city name|cityname|town name|city or town|town or city
        |ship city|ship to city|ship town|delivery city|place name town|post town|posttown|city locality
        |locality city|suburb city|city suburb|suburb town|town village|village town|city town village
        |zip and city|zip town|postcode suburb|city postcode|city state|city state postcode|city st zip
        |city town name|commune town|Ort Name|Ortsname|Stadt Ort|Ort Stadt|PLZ/Ort|Plz u Ort|Plz u Stadt
        |Postleitzahl Ort|Postleitzahl und Ort|Postleitzahl Stadt|Wohnort PLZ|Lieferstadt|Kundenort
        |Empfängerort|Empfängerstadt|Zielort|Ort der Lieferung|Gemeinde Ort|Ort Kunde|Ort Ortsteil
        |ville livraison|cp et ville|code postal et ville|cp commune|code postal commune|ville cp
        |ville commune|nom de la commune|nom commune|bureau distributeur|ville client|localité livraison
        |ciudad población|población ciudad|cp ciudad|cp y población|cp y ciudad
        |código postal y población|poblacion cliente|ciudad entrega|pueblo|municipio población
        |cp localidad|localidad municipio|población cp|città consegna|cap e città|cap e comune
        |cap comune|cap località|comune città|citta comune|località comune|paese città
        |comune di consegna|cap e località|luogo città|plaatsnaam|woonplaats plaats|plaats levering
        |postcode en plaats|postcode woonplaats|postcode en woonplaats|pc plaats|pc en plaats
        |pc woonplaats|plaats postcode|dorp|stad gemeente|vestigingsplaats|miasto odbiorcy|kod i miasto
        |kod pocztowy miasto|kod pocztowy i miasto|kod pocztowy miejscowość|kod i miejscowość
        |kod miejscowość|poczta|miejscow|miejsc|miejscowość odbiorcy|miasto kod|miasto miejscowość
        |localidade entrega|código postal localidade|cp localidade|código postal e localidade|cp cidade
        |cidade localidade|localidade cidade|vila|município|povoação|by|bynavn|postnr og by|postort
        |postadress ort|postnummer och ort|sted|poststed|postnr sted|město|obec|psč město|psč a město
        |město obec""",
    "district": """district|suburb|neighbourhood|neighborhood|borough|area|Ortsteil|Stadtteil|Bezirk
        |quartier|arrondissement|barrio|distrito|quartiere|wijk|dzielnica|bairro|freguesia
        |suburb district|sub district|city district|quarter|zone name area|parish|ward|Stadtbezirk
        |Stadtviertel|Viertel|Kiez|Ortsteil Stadtteil|secteur|zona|colonia|pedanía|frazione|fraz|rione
        |zona città|buurt|stadsdeel|osiedle|dzielnica miasta|bairro freguesia|zona bairro|bydel|stadsdel
        |kommundel|čtvrť|městská část""",
    "region": """state|province|county|region|state province|Bundesland|Kanton|Land Kreis|département
        |provincia|provincie|województwo|state code|state prov other|state province other|ship state
        |ship province|province code|state region|state or province|shipping state code|county state
        |region state|prov|sigla provincia|sigla prov|Kreis|Landkreis|dépt|dpt|dept|région|comunidad
        |comunidad autónoma|regione|provincie code|woj|powiat|distrito|região|uf|region län|län|fylke
        |kraj region|okres""",
    "country": """country|country code|Land|Staat|pays|país|paese|nazione|kraj|ländercode|country name
        |country region|ctry|cntry|ship country|ship to country|destination country|iso country
        |country iso|iso country code|Lieferland|Zielland|Länderkennzeichen|LKZ|Land ISO|pays livraison
        |code pays|pays destinataire|país destino|país entrega|cód país|paese dest|nazione dest
        |cod paese|landcode|land code|kraj odbiorcy|kod kraju|país de destino|código país|země|stát
        |landkode|landskod""",
    "lat": """lat|latitude|geo lat|gps lat|gps latitude|latitude deg|Breitengrad|geogr Breite
        |geographische Breite|latitud|latitudine|breedtegraad|szerokość geogr|szerokość geograficzna
        |stop lat|lat coordinate|delivery lat|latitude dd|latitude decimal|lat dd|lat decimal
        |gps latitude n|gps n|lat n|latitude n|north|northing lat|n lat|ship lat|stop latitude
        |delivery latitude|dest lat|destination lat|destination latitude|dropoff lat|drop off lat
        |drop off latitude|dropoff latitude|location lat|location latitude|map lat|lattitude|latitute
        |geo latitude|geolat|Lat Grad|Breitengrad N|Breitengrad Nord|Geo Breite|GPS Breite
        |GPS Breitengrad|geo Breitengrad|lat gps|latitude gps|latitude nord|coord lat|coordonnée lat
        |lati|latitud gps|coord latitud|latitud decimal|lat coord|latitudine gps|latitudine nord
        |lat wgs84|wgs84 lat|gps breedte|gps breedtegraad|breedte graad|noorderbreedte|szerokość gps
        |szer geogr|szer geograficzna|gps szerokość|szerokość geo|gps latitude deg|bredde|breddegrad
        |latitud n|zeměpisná šířka|z šířka|gps šířka""",
    "lon": """lon|lng|long|longitude|geo lon|geo lng|gps lon|gps lng|gps long|gps longitude|Längengrad
        |geogr Länge|geographische Länge|longitud|longitudine|lengtegraad|długość geogr
        |długość geograficzna|stop lon|stop lng|delivery lon|delivery lng|longitude dd|longitude decimal
        |lon dd|lng dd|lon decimal|gps longitude e|gps e|lon e|longitude e|east|ship lon|ship lng
        |stop longitude|delivery longitude|dest lon|dest lng|destination lon|destination lng
        |destination longitude|dropoff lon|dropoff lng|drop off lon|drop off lng|drop off longitude
        |dropoff longitude|location lon|location lng|location longitude|map lon|map lng|longtitude
        |longitute|logitude|geo longitude|geolon|geolng|lon coordinate|lng coordinate|long coordinate
        |Lon Grad|Längengrad E|Längengrad O|Längengrad Ost|Laengengrad|Geo Länge|GPS Länge
        |GPS Längengrad|geo Längengrad|lon gps|lng gps|longitude gps|longitude est|coord lon|coord lng
        |coordonnée lon|longi|longitud gps|coord longitud|longitud decimal|lon coord|longitudine gps
        |longitudine est|lon wgs84|wgs84 lon|gps lengte|gps lengtegraad|lengte graad|oosterlengte
        |długość gps|dł geogr|dł geograficzna|gps długość|długość geo|længdegrad|længde|longitud e
        |lengdegrad|zeměpisná délka|z délka|gps délka""",
    "coordinates": """coordinates|coordinate|coords|coord|gps|gps coordinates|lat lng|lat lon|lat long
        |latlng|latlon|lat longitude|latitude longitude|geo|geo location|geolocation|geo position
        |position|Koordinaten|GPS Koordinaten|Geokoordinaten|coordonnées GPS|coordonnées|coordenadas
        |coordenadas GPS|coordinate GPS|coördinaten|współrzędne|pin|gps position|lat and lng|lat and lon
        |lat and long|latitude and longitude|latitude longitude pair|lat lng pair|latlong|lat longs
        |lat lon coordinates|gps location|gps coords|gps point|gps pos|gps data|gps pin|map pin
        |map coordinates|geo coordinates|geocoordinates|geo coords|geocode|geo code|geo point|geopoint
        |geotag|geo tag|wgs84|wgs 84|what3words gps|location coordinates|location gps|xy|x y|point gps
        |google coordinates|google maps|lat lng coordinates|Geo Koordinaten|Geo Koordinate|Koord
        |Koordinate|GPS Koord|GPS Koordinate|Geoposition|Geo Daten|Geodaten|Breite Länge
        |Breitengrad Längengrad|Breiten und Längengrad|Position GPS|Standort GPS|coordonnées géo
        |coordonnées géographiques|coord gps|localisation gps|géolocalisation|latitude et longitude
        |coord géo|coordenadas geográficas|geolocalización|posición gps|ubicación gps|latitud y longitud
        |latitud longitud|punto gps|geoposición|coordinate geografiche|posizione gps|posizione
        |geolocalizzazione|latitudine longitudine|latitudine e longitudine|lat e long|lat lon gps
        |gps coördinaten|gps coordinaten|coordinaten|gps positie|geo coördinaten|breedte lengte
        |breedtegraad lengtegraad|gps locatie|współrzędne gps|współrzędne geograficzne|gps współrzędne
        |wsp gps|wsp|lokalizacja gps|pozycja gps|szerokość długość|szer dł|punkt gps|posição gps
        |localização gps|latitude e longitude|ponto gps|geolocalização|georreferência|gps koordinater
        |koordinater|gps koordinater wgs84|souřadnice|gps souřadnice|souřadnice gps""",
}

"""Headings of what names an order or its customer.

Words are separated by ``|`` and folded (case, accents, signs) before they are compared. The languages of each
field follow one another: en de fr es it nl pl pt, then da sv nb cs.
"""

from __future__ import annotations

WHO_WORDS: dict[str, str] = {
    "id": """stop|drop|drop no|order|order id|order no|order number|order ref|order reference|reference
        |reference no|ref|ref no|job|job id|job ref|job no|do no|d o no|delivery no|delivery id
        |delivery number|invoice no|invoice number|ticket|ticket no|stop id|stop no|id|no|number
        |consignment|consignment no|shipment|shipment id|shipment no|tracking no|docket|order name
        |po number|po no|Auftrag|Auftragsnr|Auftragsnummer|Auftrags Nr|Auftrag Nr|Bestellnr
        |Bestellnummer|Bestell Nr|Bestellung|Bestellung Nr|Lieferschein|Lieferscheinnr
        |Lieferscheinnummer|Lieferschein Nr|Beleg|Belegnr|Belegnummer|Sendung|Sendungsnr|Sendungsnummer
        |Nr|Nummer|Lfd Nr|Vorgang|Vorgangsnummer|Referenz|Auftrags ID|Bestell ID|n commande|no commande
        |commande|numéro de commande|numéro commande|référence|réf|BL|no BL|numéro|no pedido|pedido
        |número de pedido|referencia|expedición|albarán|no documento|número|núm|n ordine|no ordine
        |ordine|numero ordine|riferimento|DDT|n DDT|numero|rif|ordernummer|ordernr|bestelnummer|bestelnr
        |referentie|opdracht|opdrachtnr|opdrachtnummer|nr zamówienia|zamówienie|numer zamówienia
        |numer przesyłki|nr zlecenia|zlecenie|WZ|numer|encomenda|no encomenda|n encomenda
        |número da encomenda|guia|order nr|order nbr|order num|order code|order reference no
        |order reference number|ord no|ord|ord nr|ord ref|order id no|web order|web order no
        |web order number|shop order|shop order no|external id|external ref|external reference
        |external order id|shipment number|shipment ref|shipment reference|shipment reference number
        |parcel no|parcel number|parcel id|package id|consignment number|con note|consignment note
        |con no|delivery note no|delivery note number|dn no|d n no|waybill|waybill no|awb|tracking
        |tracking number|tracking id|tracking code|receipt no|receipt number|your reference
        |customer reference|customer ref|sales order|sales order no|so no|so number|so|order header id
        |order key|booking ref|booking no|booking id|booking reference|job number|task id|task no
        |visit id|visit no|order nos|item ref|doc no|document no|document number|sales record number
        |sales record no|amazon order id|merchant order id|increment id|seq|sequence|sequence no|line no
        |row no|s no|sr no|sl no|pos|position no|serial no|Auftrag Nummer|Auftr Nr|AuftragsID
        |Auftragsnum|Auftragscode|Auftr|Best Nr|BestellID|Bestell Nummer|Bestellcode|LS Nr|LSNr
        |Liefersch Nr|Lieferscheine|Sendungs Nr|Sendungsreferenz|Paketnr|Paketnummer|Rechnungsnr
        |Rechnungsnummer|Rechnung Nr|Beleg Nr|Vorgangsnr|Vorg Nr|Tournummer Auftrag|Ref Nr|Referenznr
        |Referenznummer|Kundenreferenz|Bestellreferenz|AB Nr|Pos Nr|laufende Nr|laufende Nummer|Lfd
        |Lieferung Nr|Liefernr|Liefernummer|Stopp|Stopp Nr|Stoppnr|Dok Nr|Lieferauftrag|numéro bl
        |num commande|cde|n cde|no cde|réf commande|référence commande|réf cde|numéro de bl
        |bon de livraison|no bon de livraison|numéro bon de livraison|numéro d expédition|expédition
        |no expédition|colis no|dossier|no dossier|facture|no facture|id commande|code commande|arrêt
        |ordre|no ordre|no de commande|n de commande|num pedido|nro pedido|nro de pedido|n de pedido
        |no de pedido|ref pedido|id pedido|código pedido|orden|no orden|nro orden|orden de compra
        |no albarán|num albarán|número de albarán|nro|envío|no envío|número de envío|guía|no guía
        |nro guía|parada|factura|no factura|num ordine|nr ordine|n ord|ord n|numero d ordine|rif ordine
        |codice ordine|id ordine|numero ddt|num ddt|nr ddt|bolla|n bolla|no bolla|numero bolla
        |spedizione|no spedizione|numero spedizione|n spedizione|commessa|fattura|no fattura|n fattura
        |fermata|documento|n documento|numero documento|bestelling|bestellingnummer|bestellingsnummer
        |bestellings nr|bestel nr|bestelcode|order nummer|pakbon|pakbonnr|pakbonnummer|zending
        |zendingnummer|zendingsnummer|zendingnr|factuurnr|factuurnummer|referentienummer|referentienr
        |klantreferentie|volgnr|volgnummer|stopnr|stopnummer|nr zam|zam|numer zam|nr zamowienia|zam nr
        |zamówienie nr|id zamówienia|kod zamówienia|nr przesyłki|przesyłka|nr paczki|numer paczki
        |numer zlecenia|nr zlec|nr wz|numer wz|nr dokumentu|numer dokumentu|dokument|nr faktury
        |faktura nr|list przewozowy|nr listu przewozowego|lp|l p|nr referencyjny|numer referencyjny
        |num encomenda|nro encomenda|nr encomenda|ref encomenda|id encomenda|número de encomenda
        |no do pedido|número do pedido|n pedido|guia no|no guia|no de guia|guia de remessa
        |guia de transporte|remessa|no remessa|fatura no|no fatura|documento no|ordem|paragem|ordrenr
        |ordre nr|ordrenummer|ordre id|bestillingsnr|bestillingsnummer|følgeseddel|følgeseddelnr|sagsnr
        |fakturanr|forsendelse|forsendelsesnr|beställning|beställningsnr|beställningsnummer|följesedel
        |följesedelsnr|kolli id|sändningsnr|försändelse|fraktsedel|bestilling|sendingsnr|pakkseddel
        |číslo objednávky|objednávka|č objednávky|obj č|č obj|objednávka č|číslo zásilky|zásilka
        |dodací list|č dodacího listu|zakázka|číslo zakázky""",
    "name": """location name|place name|site name|site|customer|customer name|client|client name|name
        |full name|recipient|recipient name|consignee|deliver to|company|company name|shop|store|attn
        |attention|account|business|ship to|ship name|delivery name|stop name|customer company|receiver
        |household|addressee|Kunde|Kundenname|Kundin|Empfänger|Empfängername|Firma|Firmenname|Name 1
        |Lieferadresse Name|Lieferkunde|Abnehmer|Kunde Name|Kundenbezeichnung|Filiale|nom|nom du client
        |nom client|destinataire|société|raison sociale|nom complet|cliente|nombre|destinatario|empresa
        |razón social|nombre del cliente|nome|nominativo|ragione sociale|nome cliente|naam|klant
        |klantnaam|ontvanger|bedrijf|bedrijfsnaam|klient|odbiorca|nazwa|imię i nazwisko|nazwa klienta
        |destinatário|nome do cliente|customername|cust name|cust|customer full name|customers|clients
        |client full name|buyer|buyer name|buyer fullname|purchaser|guest|patient|patient name|member
        |member name|subscriber|subscriber name|student|tenant|resident|contact full name|shopper|payee
        |delivery customer|delivery contact|delivered to|drop off name|dropoff name|drop name
        |ship to name|ship to party|sold to|to name|receiver name|consignee name|account name
        |business name|organisation|organization|organisation name|organization name|trading name
        |restaurant|restaurant name|outlet|outlet name|branch|branch name|venue|venue name|school
        |pharmacy|clinic|practice|store name|shop name|firm|firm name|who|person|deliver to collect from
        |deliver to or collect from|alias|title|stop title|point name|poi|destination name
        |deliver to name|fullname|recipient full name|recipient or business|company or name|name company
        |name or company|customer or company|company customer|Kd|Kd Name|Kundenname Firma|Kunde Firma
        |Kundin Kunde|Kunden Name|Name des Kunden|Name Kunde|Name Firma|Firma Name|Firma oder Name
        |Name Vorname|Nachname Vorname|Vor und Nachname|Vor und Zuname|Vorname Nachname|Vorname Name
        |Name und Vorname|Empf|Empfaenger|Warenempfänger|Lieferempfänger|Adressat|Besteller|Käufer
        |Käufername|Abonnent|Mieter|Betrieb|Unternehmen|Geschäft|Laden|Markt|Objekt|Einrichtung|Schule
        |Apotheke|Praxis|Haushalt|Lieferstelle|Abladestelle|Bezeichnung|Stoppname|Firma 1|Name1
        |Firmenbezeichnung|Wer|client nom|nom prénom|nom et prénom|prénom nom|prénom et nom
        |nom destinataire|nom du destinataire|nom de l entreprise|entreprise|établissement|magasin
        |enseigne|boutique|point de livraison|acheteur|bénéficiaire|abonné|nom société|nom de société
        |client livré|livré à|livrer à|destinataires|dénomination|intitulé|nombre cliente|cliente nombre
        |nombre completo|nombre y apellidos|nombre apellidos|apellidos y nombre|nombre destinatario
        |nombre del destinatario|comprador|tienda|local|establecimiento|empresa cliente|nombre empresa
        |nombre de la empresa|entregar a|punto de entrega|denominación|receptor|nome e cognome
        |cognome e nome|nome cognome|cognome nome|nome destinatario|intestatario|intestazione|ditta
        |azienda|società|negozio|punto vendita|locale|insegna|acquirente|denominazione|nome azienda
        |consegnare a|nome completo|destinazione nome|rag soc|rag sociale|ragione soc|naam klant
        |klant naam|naam ontvanger|ontvanger naam|volledige naam|voor en achternaam|voornaam achternaam
        |naam bedrijf|winkel|winkelnaam|organisatie|instelling|koper|geadresseerde|leveren aan|afnemer
        |debiteur|debiteurnaam|naam 1|bedrijf naam|restaurantnaam|nazwa odbiorcy|imię nazwisko
        |nazwisko i imię|nazwisko imię|nazwa firmy|kontrahent|nazwa kontrahenta|sklep|nazwa sklepu
        |restauracja|lokal|punkt|punkt dostawy|adresat|kupujący|nabywca|zamawiający|dane odbiorcy
        |firma nazwa|pacjent|klient nazwa|nome e apelido|nome completo do cliente|nome do destinatário
        |nome destinatário|nome da empresa|loja|estabelecimento|restaurante|cliente final|designação
        |recebedor|nome empresa|kundenavn|navn|modtager|modtagernavn|firmanavn|virksomhed|butik|kundnamn
        |kund|namn|mottagare|mottagarens namn|företag|företagsnamn|butiksnamn|mottaker|mottakernavn
        |bedriftsnavn|bedrift|zákazník|jméno|jméno zákazníka|jméno a příjmení|příjemce|název firmy
        |odběratel|název|jméno příjemce""",
    "first_name": """first name|firstname|given name|forename|Vorname|prénom|nombre de pila|voornaam
        |imię|primeiro nome|fname|f name|christian name|first names|vornamen|prénoms|nombre pila
        |primer nombre|nome di battesimo|voornamen|imiona|nome próprio|fornavn|förnamn|křestní jméno""",
    "last_name": """last name|lastname|surname|family name|Nachname|Familienname|nom de famille|apellido
        |apellidos|cognome|achternaam|nazwisko|apelido|sobrenome|lname|l name|zuname|nachnamen
        |nom famille|primer apellido|apellido 1|familienaam|tussenvoegsel achternaam|nazwiska
        |último nome|nome de família|efternavn|efternamn|etternavn|příjmení""",
    "contact": """contact|contact name|contact person|Ansprechpartner|Ansprechpartnerin|Kontakt
        |Kontaktperson|interlocuteur|contacto|persona de contacto|contatto|referente|contactpersoon
        |osoba kontaktowa|contato|Name 2|contact full name|attn name|attention of|fao|for attention of
        |site contact|on site contact|contact on site|receiving contact|person to contact
        |delivery contact name|delivery contact person|key contact|care of|name 3|z hd|zu händen|zhd
        |Ansprechperson|Kontaktname|Kontakt vor Ort|Ansprechpartner vor Ort|Annehmer|Ansprechp
        |nom du contact|contact sur place|personne à contacter|personne de contact|responsable
        |à l attention de|nom contact|contacto nombre|nombre contacto|nombre de contacto
        |a la atención de|atención|responsable de recepción|persona contacto|persona di contatto
        |persona di riferimento|c att|alla cortese attenzione|nome contatto|ter attentie van|t a v|tav
        |contact persoon|contactnaam|do rąk|osoba do kontaktu|imię i nazwisko kontaktu
        |pessoa de contacto|pessoa de contato|nome do contacto|nome contacto|ao cuidado de|responsável
        |att|kontaktnavn|kontaktní osoba|kontaktná osoba""",
    "phone": """phone|phone no|phone number|telephone|tel|tel no|mobile|mobile no|mobile phone
        |mobile number|cell|cell phone|contact number|contact phone|contact no|customer phone|landline
        |handphone|Telefon|Telefonnummer|Telefonnr|Tel Nr|Handy|Handynummer|Mobil|Mobilnummer
        |Mobiltelefon|Rufnummer|Festnetz|téléphone|tél|portable|numéro de téléphone|teléfono|móvil
        |celular|telefono|cellulare|telefoonnummer|telefoon|mobiel|gsm|gsm nummer|tel kontaktowy
        |numer telefonu|komórka|telefone|telemóvel|contacto telefónico|ph|ph no|phone nr|phone 1|phone1
        |telno|tel number|telephone no|telephone number|telephone nr|mob|mob no|cellphone|cell no
        |cell number|cellular|contact tel|contact mobile|contact telephone|customer tel|customer mobile
        |recipient phone number|daytime phone|day phone|home phone|work phone|phone mobile
        |mobile phone number|whatsapp|whatsapp no|whatsapp number|sms|sms number|call|telephone mobile
        |contact info phone|number to call|phones|phone numbers|ship to phone|Tel Nummer|Tel 1|Telefon 1
        |Telefon Nr|Telefon Mobil|Mobil Nr|Mobiltel|Mobilnr|Handynr|Handy Nr|Funk|Fon|Rückrufnummer
        |Rückrufnr|Kontakttelefon|Tel Kunde|Tel Mobil|Telefon tagsüber|Telefon privat|Telefonkontakt
        |Rufnr|Ruf Nr|Festnetznummer|tél portable|téléphone portable|téléphone mobile|tél mobile
        |no de téléphone|no téléphone|numéro téléphone|no tél|n tél|gsm client|tél client
        |téléphone client|portable client|tel portable|mobile client|tel fixe|tél fixe
        |contact téléphonique|téléphone 1|tel móvil|teléfono móvil|teléfono de contacto|tel contacto
        |teléfono contacto|número de teléfono|no teléfono|tlf|tfno|tfno contacto|telf|tel cliente
        |teléfono cliente|teléfono fijo|fijo|número móvil|tel móv|tel cellulare|telefono cellulare
        |numero di telefono|numero telefono|n telefono|n tel|cel|recapito|recapito telefonico|recapiti
        |telefono cliente|telefono fisso|contatto telefonico|cellulare cliente|telnr|telefoonnr
        |mobiele telefoon|mobiel nummer|mobiele nummer|mobielnummer|06 nummer|gsmnr|gsm nr
        |telefoon klant|telefoon mobiel|vaste telefoon|telefoon 1|contactnummer|tel komórkowy
        |telefon komórkowy|tel kom|nr tel|nr telefonu|nr tel kom|numer tel|telefon kontaktowy
        |telefon odbiorcy|tel odbiorcy|tel klienta|telefon klienta|kom|telefon kom|kontakt telefoniczny
        |telefon do kontaktu|tel móvel|telemovel|no telemóvel|n telemóvel|número de telefone|no telefone
        |n telefone|no de telefone|contacto tel|telefone de contacto|telefone cliente|tlm|telm
        |tlf contacto|no de contacto|nr telefone|tlf nr|telefonní číslo|tel č|telefonní kontakt
        |mobilní telefon""",
    "email": """email|e mail|email address|mail|e mail address|customer email|contact email
        |E Mail Adresse|Mailadresse|courriel|adresse e mail|correo|correo electrónico|posta elettronica
        |e mailadres|adres e mail|correio eletrónico|e mail addr|mail address|mails|emails|email addr
        |email id|recipient email|buyer email|notify email|notification email|notification mail
        |customer email address|contact email address|email 1|mail kunde|kunden mail|kunden email
        |e mail kunde|E Mail Empfänger|adresse mail|adresse email|adresse électronique|mail client
        |email client|e mail client|correo e|dirección de correo|dirección de correo electrónico
        |e correo|mail cliente|email cliente|indirizzo email|indirizzo e mail|indirizzo mail|emailadres
        |mailadres|e mail klant|adres email|adres mail|poczta|e mail klienta|endereço de email
        |endereço de e mail|correio|e post|epost|e postadress|e postadresse|emailová adresa
        |e mailová adresa""",
}

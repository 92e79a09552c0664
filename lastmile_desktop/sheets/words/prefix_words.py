"""Words around a heading: whose column it is, and which columns say nothing about a stop."""

from __future__ import annotations

#: Words before a heading that mark the place of delivery: these columns are preferred.
DELIVERY_PREFIXES = """delivery address|shipping address|ship to address|recipient address|lieferadresse
    |lieferanschrift|zustelladresse|versandadresse|empfängeradresse|kundenadresse|adresse de livraison
    |adresse livraison|dirección de entrega|indirizzo di consegna|afleveradres|bezorgadres|leveradres
    |adres dostawy|morada de entrega|endereço de entrega|leveringsadresse|leveransadress|dodací adresa
    |dlv|dlvry|delv|ship|shipping|ship to|delivery|deliver|deliver to|recipient|receiver|recv
    |destination|drop off|dropoff|liefer|lieferung|empfänger|livraison|destinataire|entrega|envío
    |destinatario|consegna|spedizione|bezorg|aflever|dostawy|dostawa|shipped to|post to|shipment
    |consignee|ship recipient|deliveries|drop|dest|to|zustell|versand|anliefer|waren|ziel|empf|livr
    |livré|expédition|dest re|entregas|destino|reparto|cons|destinazione|sped|levering|lever|ontvanger
    |verzend|odbiorca|odbiorcy|dost|wysyłki|wysyłka|envio|destinatário|remessa|leverings|modtager
    |leverans|mottagare|mottaker|příjemce|doručení|dodací|dodání"""
#: The word for the whole before the part: "Address Street", "Anschrift PLZ".
ADDRESS_PREFIXES = """address|adresse|anschrift|indirizzo|dirección|adres|morada|endereço"""
#: Words before a heading that say nothing about which field it is.
PLAIN_PREFIXES = """customer|client|order|kunde|kunden|client s|cliente|klant|klient|stop|contact|max
    |total|gesamt|auftrag|job|cust|clients|customers|buyer|orders|guest|patient|member|visit|task
    |service|location|site|kd|kundin|besteller|stopp|clienti|clientes|klanten|klienta|zamówienia|kund
    |zákazník|ord"""
#: A column with one of these words never describes the stop.
FOREIGN_PREFIXES = """billing|send|amount|bill|bill to|invoice|sender|pickup|pick up|rechnung|rechnungs
    |absender|abholung|facturation|expéditeur|facturación|remitente|fatturazione|mittente|factuur
    |afzender|faktura|nadawca|faturação|remetente|payment|financial|tax|price|preis|discount|currency
    |created|paid|cancelled|subtotal|vat|mwst|iban|birth|birthday|geburtsdatum|vendor|risk|device|source
    |lineitem price|lineitem name|lineitem sku|sku|outstanding|last order|since|charge|fee|invoice to
    |bill address|billto|bill from|sold by|ship from|shipped from|from address|origin|collect from
    |collection from|warehouse|depot|supplier|seller|merchant|return|returns|remit|tax id|rech|rg
    |lieferant|lieferanten|abs|versender|verkäufer|rücksende|abhol|abholadresse|startort|herkunft
    |fournisseur|factur|fact|facturé|vendeur|origine|enlèvement|retour|dépôt|proveedor|vendedor|origen
    |recogida|fattura|fatt|fornitore|venditore|ritiro|fact adres|leverancier|verkoper|herkomst|ophaal
    |faktury|do faktury|dostawca|sprzedawca|sprzedawcy|odbiór|fatura|faturamento|fornecedor|origem
    |recolha|levantamento|fakturerings|leverandør|avsändare|afsender|avsender|fakturace|fakturační
    |odesílatel|iva|tva|btw|ust|gst|coupon|transaction|commission|bank|steuer|gutschein|rabatt|umsatz
    |netto|brutto|betrag|montant|prix|importe|precio|importo|prezzo|bedrag|prijs|kwota|cena|valor|preço"""
#: Headings that look like a field and are none: the day of ordering is not the day of delivery.
NO_FIELD = """lift gate|liftgate|lift gate required|tail lift required|quantity refunded
    |refunded quantity|qty refunded|quantity returned|quantity shipped|shipped qty|quantity fulfilled
    |weight unit|unit|order date|ordered|ordered at|order time|order placed|purchase date|purchased at
    |created|created at|invoice date|booking date|date ordered|date created|updated at|paid at|date paid
    |order total|order status|status|payment method|Bestelldatum|Auftragsdatum|Rechnungsdatum
    |Erfassungsdatum|Belegdatum|date de commande|date commande|fecha pedido|fecha de pedido|data ordine
    |besteldatum|orderdatum|data zamówienia|data da encomenda|customer no|customer id|customer number
    |customer code|customer nr|customer num|cust no|cust id|cust nr|cust number|client no|client id
    |client number|client code|account no|account number|account id|account code|member id|member no
    |user id|buyer user id|buyer id|contact id|location id|location code|site id|site no|store no
    |store id|store number|shop no|shop id|branch no|branch code|company id|company no|supplier no
    |Kundennr|Kundennummer|Kunden Nr|Kunden Nummer|Kunden ID|KundenID|Kd Nr|KdNr|Knr|K Nr|Kundencode
    |Debitor|Debitornr|Debitorennummer|Debitorennr|Debitor Nr|Filialnr|Filialnummer|Filiale Nr|Adressnr
    |Adressnummer|Vertragsnr|Vertragsnummer|n client|no client|numéro client|numéro de client
    |code client|id client|réf client|référence client|compte|no compte|code société|code magasin
    |no cliente|n cliente|código cliente|cód cliente|cod cliente|id cliente|número cliente
    |número de cliente|código de cliente|cuenta|nif|cif|dni|rfc|codice cliente|cod cli|numero cliente
    |p iva|partita iva|codice fiscale|cod fiscale|klantnr|klantnummer|klant nr|klant nummer|klantcode
    |klant id|debiteurnr|debiteurnummer|debiteur nr|relatienr|relatienummer|winkelnr|nr klienta
    |numer klienta|id klienta|kod klienta|kod odbiorcy|nr odbiorcy|nip|regon|nr kontrahenta
    |kod kontrahenta|nr cliente|número do cliente|código do cliente|cód do cliente|nif cliente
    |contribuinte|nr contribuinte|kundenr|kundenummer|kundnr|kundnummer|číslo zákazníka|č zákazníka|ičo
    |dič|sale date|date shipped|shipped date|ship confirm date|date placed|order placed date
    |order created|order created at|order creation date|creation date|entry date|received date
    |date received|reporting date|payments date|payment date|payments-date|purchase-date|paid on date
    |date of order|date of purchase|date order|modified|modified at|modified date|date modified
    |last modified|timestamp|time stamp|import date|export date|printed|print date|date printed
    |print time|completed at|completed date|date completed|delivered at|delivered on|delivered date
    |delivery status|delivery state|fulfillment status|fulfilled at|fulfillment state|delivery method
    |shipping method|shipping method title|shipping service|shipping service level|delivery service
    |delivery option|shipping option|shipping type|ship service level|shipping cost|shipping fee
    |shipping price|shipping total|shipping amount|delivery fee|delivery cost|delivery charge
    |delivery price|delivery total|order amount|order value|order cost|order price|order total amount
    |order subtotal|order subtotal amount|order net|order tax|order channel|order source|order currency
    |order shipping amount|total|totals|total amount|total price|total cost|total value|total tax
    |grand total|amount|amount due|price|unit price|value|item price|item total|item cost|item tax
    |shipping|tax|taxes|discount|cod|cod amount|cash on delivery|balance|customer since|last visit|age
    |gender|sex|dob|language|newsletter|accepts marketing|sales person|salesperson|sales rep
    |sales channel|sales representative|account manager|entered by|created by|planner|dispatcher
    |approved by|checked by|picked by|packed by|loaded by|signature|signed by|pod|proof of delivery
    |photo|picture|image|url|link|website|seller website|barcode|ean|upc|asin|hs code|batch|lot|serial
    |expiry|storage|shelf|bin location|zone|delivery zone|shipping zone|revenue|cost centre|cost center
    |department|division|category|product category|brand|colour|color|product|products|product name
    |product names|item|item name|item names|item description|description|product description|product id
    |product code|product sku|article no|article number|item no|item number|item sku|item code
    |line items|line item|items ordered list|order items|ordered items|variation|variant|attributes
    |contents|content|goods|goods description|menu|dish|length|width|height|depth|dimensions|dimension
    |size|sizes|box size|package type|packaging|packaging type|parcel type|unit of measure|uom|incoterm
    |incoterms|carrier|carrier name|carrier service|courier service|label|label url|insurance|customs
    |currency code|payment type|payment status|payment state|payment terms|payment|paid|paid status
    |transaction id|payment id|payment reference|receipt url|refund amount|risk level|ip address
    |user agent|referrer|utm source|gps accuracy|timezone|time zone|eta|etd|planned arrival
    |actual arrival|arrival actual|departure|planned departure|actual departure|delivered time|delivered
    |Bestellt am|Bestellzeit|Bestellzeitpunkt|Bestellwert|Bestellsumme|Bestelleingang|Bestellstatus
    |Auftragseingang|Auftragswert|Auftragsstatus|Auftragssumme|erfasst am|erfasst von|angelegt am
    |angelegt von|erstellt am|erstellt von|Eingang|Eingangsdatum|Eingang am|Druckdatum|gedruckt am
    |geändert am|Änderungsdatum|bezahlt|bezahlt am|Zahlungsart|Zahlart|Zahlungsstatus|Zahlungsziel
    |Zahlung|Gesamtbetrag|Gesamtpreis|Gesamtsumme|Rechnungsbetrag|Warenwert|Nachnahme|Nachnahmebetrag
    |Betrag|Preis|Einzelpreis|Stückpreis|Summe|Netto|Brutto|MwSt|Rabatt|Versandkosten|Versandart
    |Versandstatus|Lieferstatus|Liefermethode|Lieferkosten|Lieferbedingung|Sachbearbeiter|Bearbeiter
    |Vertreter|Verkäufer|Außendienst|Unterschrift|geliefert|geliefert am|zugestellt am|Zustellstatus
    |Artikel|Artikelnr|Artikelnummer|Artikelbezeichnung|Artikel Nr|Produkt|Produktname|Produktnr
    |Produktbezeichnung|Ware|Warenbezeichnung|Warenart|Inhalt|Sorte|Variante|Größe|Farbe|Marke|Kategorie
    |Warengruppe|Höhe|Tiefe|Maße|Abmessungen|Abmessung|LxBxH|L x B x H|Packmaß|Verpackung|Verpackungsart
    |Mengeneinheit|Einheit|ME|Lagerplatz|Lagerort|Charge|Gültig bis|Gebiet|Kostenstelle|Abteilung|Anrede
    |Titel|Geschlecht|Alter|Sprache|USt ID|Steuernummer|Ankunft geplant|Ankunft ist|Abfahrt
    |date de création|créé le|date de facture|date facture|date de paiement|statut|état|état commande
    |statut commande|mode de paiement|paiement|montant|montant ttc|montant ht|prix|prix unitaire
    |total ttc|total ht|frais de port|mode de livraison|mode livraison|transporteur|produit|produits
    |article|articles|désignation|désignation article|référence article|réf article|référence produit
    |libellé article|contenu|longueur|largeur|hauteur|taille|couleur|marque|catégorie|unité
    |conditionnement|commercial|vendeur|saisi par|civilité|livré|livré le|statut livraison
    |fecha de creación|creado|fecha creación|fecha factura|fecha de factura|fecha de pago|fecha compra
    |fecha de compra|estado|estado pedido|estado del pedido|forma de pago|método de pago|pago|importe
    |importe total|precio|precio unitario|gastos de envío|método de envío|transportista|producto
    |productos|artículo|descripción|descripción producto|referencia producto|código producto
    |sku producto|contenido|dimensiones|medidas|largo|ancho|alto|talla|marca|categoría|comercial
    |vendedor|firma|tratamiento|zona|entregado|estado entrega|data creazione|data di creazione|creato il
    |data fattura|data di fattura|data pagamento|data acquisto|data documento|data doc|stato
    |stato ordine|metodo di pagamento|modalità di pagamento|pagamento|importo|importo totale|prezzo
    |prezzo unitario|spese di spedizione|metodo di spedizione|vettore|contrassegno|prodotto|prodotti
    |articolo|codice articolo|cod articolo|descrizione|descrizione articolo|contenuto|dimensioni|misure
    |lunghezza|larghezza|altezza|taglia|colore|categoria|agente|venditore|titolo|consegnato
    |stato consegna|aangemaakt|aangemaakt op|aanmaakdatum|factuurdatum|betaaldatum|status order
    |orderstatus|bestelstatus|betaalwijze|betaalmethode|betaling|betaald|bedrag|totaalbedrag|orderbedrag
    |prijs|stukprijs|verzendkosten|verzendmethode|verzendwijze|leverwijze|bezorgmethode|vervoerder
    |producten|productnaam|artikelcode|artikelomschrijving|omschrijving|inhoud pakket|afmetingen
    |afmeting|lengte|breedte|hoogte|maat|kleur|merk|categorie|eenheid|verpakking|verkoper
    |vertegenwoordiger|handtekening|aanhef|regio|geleverd|leverstatus|data utworzenia|utworzono
    |data faktury|data płatności|data złożenia|data zakupu|status zamówienia|forma płatności
    |metoda płatności|sposób płatności|płatność|kwota|kwota pobrania|pobranie|wartość|wartość zamówienia
    |cena|cena jednostkowa|koszt dostawy|koszt wysyłki|sposób dostawy|metoda dostawy|forma dostawy
    |przewoźnik|produkty|nazwa produktu|towar|nazwa towaru|opis towaru|indeks|kod produktu|kod towaru
    |zawartość|wymiary|wysokość|rozmiar|kolor|marka|kategoria|jm|j m|jednostka|opakowanie|handlowiec
    |sprzedawca|podpis|strefa|dostarczono|status dostawy|data de criação|criado em|data fatura
    |data da fatura|data de pagamento|data da compra|estado encomenda|estado da encomenda
    |forma de pagamento|método de pagamento|valor|valor total|montante|preço|preço unitário|portes
    |custo de envio|método de envio|transportadora|cobrança|produto|produtos|artigo|descrição
    |descrição do artigo|descrição artigo|ref artigo|código artigo|conteúdo|dimensões|comprimento
    |largura|tamanho|cor|assinatura|entregue|estado da entrega|ordredato|bestillingsdato|vare|varenr
    |varenavn|pris|beløb|benämning|belopp|summa|varenummer|zboží|název zboží|datum objednávky|stav
    |stav objednávky"""
#: Columns that carry one of these are about goods, so they are nobody's name.
GOODS_WORDS = """lineitem|item|product|produkt|artikel|article|articulo|prodotto|artikelname|sku|goods
    |ware|items|products|produkte|produit|produits|producto|productos|prodotti|produktu|produto|produtos
    |articles|artículo|artículos|articolo|articoli|artigo|artigos|towar|towaru|vare|zboží|line items
    |lineitems|waren|warenart|menu"""

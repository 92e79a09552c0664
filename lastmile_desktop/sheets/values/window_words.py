"""The words of time windows in eight languages (en de fr es it nl pl pt), folded, as data.

One word may have several roles ("do": until in Polish, Thursday in German; "a": to, or the end of "from a
to b"); its place in the text decides. Phrases of several words are written with spaces.
"""

from __future__ import annotations

from enum import Enum, auto


class Role(Enum):
    """What a word can do in a window."""

    FROM = auto()  #: opens a window: from, ab, vanaf
    LATER = auto()  #: opens a window, strictly: after, nach, po
    BEFORE = auto()  #: closes a window: before, bis, entro
    TO = auto()  #: joins two times: to, bis, alle
    AND = auto()  #: joins two windows, or the two times of BETWEEN
    OR = auto()  #: joins two windows
    BETWEEN = auto()
    ONWARDS = auto()  #: behind a time: onwards, or later
    LATEST = auto()  #: behind a time: at the latest
    ARTICLE = auto()  #: may stand before a time and says nothing: las, alle, o
    MORNING = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NOON = auto()
    MIDNIGHT = auto()
    URGENT = auto()
    NOISE = auto()
    NOT = auto()  #: turns the meaning round, so nothing is read with certainty


WORDS: dict[Role, str] = {
    Role.FROM: """from|starting|starting from|earliest|not before|no earlier than|not earlier than|von|ab
        |fruhestens|fruhestens ab|fruehestens|nicht vor|nicht fruher als|a partir de|a partir des|a partir
        |des|depuis|pas avant|au plus tot|de|desde|desde las|desde la|no antes de|no antes de las|da|dal
        |dalle|dalle ore|a partire da|a partire dalle|non prima delle|non prima di|van|vanaf|niet voor
        |op zijn vroegst|vroegst|od|najwczesniej|najwczesniej o|nie wczesniej niz|nie przed|das
        |a partir das|nao antes das|from about|open from|geoffnet ab""",
    Role.LATER: """after|later than|nach|erst nach|apres|despues|despues de|despues de las|a partir de las
        |dopo|dopo le|na|po|apos|apos as|depois|depois das|depois de""",
    Role.BEFORE: """before|by|until|till|til|up to|latest|no later than|not later than|not after|deadline
        |at the latest by|at latest|vor|bis|bis zu|bis spatestens|spatestens|spatestens bis|nicht nach
        |nicht spater als|avant|jusqu a|jusqu|jusque|au plus tard|au plus tard a|d ici|pas apres|antes
        |antes de|antes de las|hasta|hasta las|hasta la|a mas tardar|no despues de las|no mas tarde de|prima
        |prima delle|prima di|entro|entro le|entro e non oltre|fino alle|fino a|non oltre|non oltre le
        |al piu tardi|voor|tot|tot en met|tm|uiterlijk|uiterlijk voor|niet na|op zijn laatst|do|przed
        |najpozniej|najpozniej do|nie pozniej niz|ate|ate as|antes das|o mais tardar|nao depois das""",
    Role.TO: """-|to|until|till|til|up to|thru|through|bis|bis zu|a|as|tot|tot en met|tm|do|alle|hasta
        |hasta las|ate|ate as|al|ao|a las|fino alle|jusqu a|>""",
    Role.AND: ";|/|,|+|&|\n|and|und|et|en|y|e|i|sowie|plus|then|dann|puis|luego|poi|dan|oraz",
    Role.OR: "or|oder|ou|o|of|lub|albo|bzw|resp|alternativ|alternatively|sinon",
    Role.BETWEEN: "between|zw|zwischen|entre|tra|fra|tussen|pomiedzy|miedzy|anytime between|any time between",
    Role.ONWARDS: """onwards|onward|on|or later|and later|oder spater|und spater|aufwarts
        |et plus|ou plus tard|o mas tarde|en adelante|o piu tardi|in poi|of later|lub pozniej
        |ou mais tarde|em diante""",
    Role.LATEST: """latest|at the latest|at latest|or earlier|spatestens|oder fruher
        |au plus tard|a mas tardar|al piu tardi|uiterlijk|op zijn laatst|of eerder
        |najpozniej|o mais tardar""",
    Role.ARTICLE: "om|o godz|a|as|al|alle|de|del|delle|della|dal|dalle|das|dos|do|o|os|um|aux|den|e",
    Role.MORNING: """morning|mornings|in the morning|all morning|den ganzen vormittag|ganzer vormittag
        |toute la matinee|toda la manana|tutta la mattina|hele ochtend|toda a manha|am|vormittag|vormittags
        |am vormittag|morgens
        |am morgen|fruh|matin|matinee|le matin|au matin|dans la matinee|manana|por la manana
        |de la manana|de manana|mattina|mattino|al mattino|mattinata|di mattina|in mattinata|ochtend
        |s ochtends|in de ochtend
        |s morgens|voormiddag|rano|z rana|przed poludniem|ranem|manha|de manha|pela manha|da manha
        |da parte da manha""",
    Role.AFTERNOON: """afternoon|afternoons|in the afternoon|all afternoon|den ganzen nachmittag
        |ganzer nachmittag
        |toute l apres midi|toda la tarde|tutto il pomeriggio|hele middag|toda a tarde|pm|nachmittag
        |nachmittags|am nachmittag
        |apres midi|l apres midi|dans l apres midi|tarde|por la tarde|de la tarde|de tarde|a tarde|da tarde
        |pela tarde|da parte da tarde|pomeriggio|nel pomeriggio|di pomeriggio|del pomeriggio|middag
        |s middags|in de middag
        |namiddag|popoludnie|popoludniu|po poludniu""",
    Role.EVENING: """evening|evenings|in the evening|abend|abends|am abend|soir|soiree|le soir|en soiree
        |au soir|noche|por la noche|de la noche|sera|serata|di sera|in serata|la sera|avond|s avonds
        |in de avond|wieczor|wieczorem|noite|a noite|de noite|da noite""",
    Role.NOON: """noon|midday|12 noon|mittag|mittags|12 mittags|zwolf uhr mittags|midi|mediodia
        |medio dia|del mediodia|mezzogiorno|twaalf uur|poludnie|poludniem|poludnia|meio dia|meiodia""",
    Role.MIDNIGHT: """midnight|12 midnight|mitternacht|minuit|medianoche|media noche|mezzanotte
        |middernacht|polnoc|polnocy|meia noite|meianoite""",
    Role.URGENT: """asap|a s a p|as soon as possible|urgent|urgently|immediately|immediate|rush|express
        |sofort|eilig|sehr eilig|eilt|dringend|schnellstmoglich|so schnell wie moglich|so bald wie moglich
        |baldmoglichst|umgehend|des que possible|le plus tot possible|le plus vite possible|au plus vite
        |urgence|tres urgent|urgente|lo antes posible|cuanto antes|muy urgente|lo mas pronto posible
        |il prima possibile|appena possibile|al piu presto|quanto prima|molto urgente|spoed
        |zo snel mogelijk|zo spoedig mogelijk|zsm|z s m|dringend|pilne|bardzo pilne|jak najszybciej|pilnie
        |o mais rapido possivel|logo que possivel|o quanto antes|assim que possivel|muito urgente""",
    Role.NOISE: """anytime|any time|at any time|jederzeit|uhr|h|hs|hr|hrs|hour|hours|o clock|oclock|uur
        |uren|u|clock|at|the|las|la|les|le|los|um
        |ore|ora|hora|horas|heure|heures|godz|godzina|godziny|godzinie|g|kl
        |ca|circa|approx|approximately|about|around|etwa|ungefahr|env|environ|aprox|aproximadamente|okolo
        |only|just|nur|erst|ausschliesslich|uniquement|seulement|solo|solamente|soltanto|alleen|tylko
        |somente|apenas|please|pls|bitte|svp|s v p|por favor|per favore|alstublieft|aub|prosze|deliver
        |delivery|deliveries|delivered|liefern|lieferung|anlieferung|livraison|livrer|entrega|entregar
        |consegna|consegnare|levering|leveren|bezorging|bezorgen|dostawa|dostarczyc|window|time|times|slot
        |zeit|zeitfenster|uhrzeit|lieferzeit|sharp|durchgehend|ist|il|zum|in|open|geoffnet|ouvert|abierto
        |aperto|otwarte|aberto""",
    Role.NOT: """not|no|never|nicht|kein|keine|nie|ne|pas|sauf|except|excluding|excl|ausser|ohne|salvo
        |excepto|non|tranne|eccetto|niet|geen|behalve|uitgezonderd|oprocz|poza|nao|exceto|closed
        |geschlossen|zu|ferme|cerrado|chiuso|gesloten|dicht|zamkniete|nieczynne|fechado|break|pause|pausa
        |pauze|przerwa|mittagspause|ruhetag""",
}

_NO_LIMIT = """any|anytime|any time|at any time|any time of day|all day|allday|all day long|whole day|flexible
|flexible time|flexi|flex|always|none|n/a|na|n.a.|nil|null|no limit|no preference|no time|no time window
|no restriction|whenever|open|24h|24/7|24 h|24 hours|24 std|doesn't matter|does not matter|no window
|flexibel|egal|ganztagig|ganztags|ganzer tag|den ganzen tag|jederzeit|beliebig|immer|keine|kein|k.a.
|k. a.|keine angabe|keine vorgabe|kein zeitfenster|tagsuber|ohne|offen|24 stunden|zeit egal|uhrzeit egal
|toute la journee|journee|journee entiere|indifferent|n'importe quand|a tout moment|flexible|aucun
|aucune|aucune preference|sans preference|peu importe|libre|toujours
|todo el dia|cualquier hora|a cualquier hora|cualquiera|cuando sea|indiferente|sin preferencia|ninguna
|ninguno|siempre|da igual|sin limite|flexible
|tutto il giorno|tutta la giornata|sempre|qualsiasi ora|qualsiasi|qualunque ora|a qualsiasi ora
|indifferente|nessuna preferenza|nessuna|nessuno|flessibile|in giornata
|hele dag|de hele dag|gehele dag|altijd|maakt niet uit|geen voorkeur|geen|elk moment|flexibel|n.v.t.|nvt
|caly dzien|przez caly dzien|dowolnie|dowolna|dowolna godzina|bez preferencji|obojetnie|bez znaczenia|brak
|elastycznie|kiedykolwiek
|dia todo|o dia todo|todo o dia|qualquer hora|a qualquer hora|qualquer|indiferente|sem preferencia|nenhuma
|tanto faz|flexivel|sempre|sem limite
|-|--|---|.|/"""
NO_LIMIT = frozenset(" ".join(phrase.split()) for phrase in _NO_LIMIT.replace("\n", "").split("|"))

#: Which language a word shows; for words that mean different things in two languages.
LANGUAGE_SIGNS: dict[str, str] = {
    word: language
    for language, words in {
        "nl": "uur u tussen vanaf tot voor uiterlijk ochtend avond maandag dinsdag woensdag donderdag",
        "pl": "godz godzina godziny od przed miedzy pomiedzy lub oraz rano wieczorem poludniu najpozniej po",
        "de": "uhr mo di mi bis ab von zwischen spatestens vormittags nachmittags oder und",
    }.items()
    for word in words.split()
}

"""Words around a street in an address: boxes, units, states and countries, in our users' languages."""

from __future__ import annotations

import re

from lastmile_desktop.regions.street_words import words

#: A place to fetch letters from, where no van can deliver.
BOX = re.compile(
    r"\b(?:p\.?\s*o\.?\s*box|post\s*office\s*box|postfach|bo[iî]te\s+postale|b\.?p\.?\s*\d+|apartado(?:\s+de\s+correos)?"
    r"|casella\s+postale|postbus|skrytka(?:\s+pocztowa)?|caixa\s+postal|packstation)\b",
    re.IGNORECASE,
)

_UNIT_WORDS = (
    r"apartment|apartamento|appartement|appartamento|apt|appt|app|ap|unit|suite|ste|flat|floor|fl|room|rm|building|bldg"
    r"|lot|wohnung|whg|stiege|stg|top|lokal|lok|mieszkanie|mieszk|klatka|interno|int|scala|piso|planta|puerta|escalera"
    r"|esc|etage|étage|stock|bus|bte|trailer|trlr|spc|hinterhaus|batiment|bâtiment|bat"
)
#: "Apt 3", "Unit B", "#5": at the end of a text. A digit or a single letter must follow the word.
UNIT_AT_END = re.compile(
    rf"[\s,;-]*(?:(?<=\d)\s*m\.?\s*\d+\w?|\b(?:{_UNIT_WORDS})\.?\s*#?\s*(?:\w*\d[\w/-]*|[a-z])|#\s*\w[\w-]*)\s*$",
    re.IGNORECASE,
)
#: "Flat 3, 12 High Street", "Apt 3B 12 Main St": before the house number.
UNIT_AT_START = re.compile(
    rf"^\s*(?:(?:{_UNIT_WORDS})\.?\s*#?\s*(?:\d\w*|[a-z])|#\s*\w+)[\s,]+(?=\S)", re.IGNORECASE
)
WHOLE_UNIT = re.compile(
    rf"^\s*(?:(?:{_UNIT_WORDS})\.?\s*#?\s*(?:\w*\d[\w/-]*|[a-z])|#\s*\w[\w-]*"
    r"|\d{1,2}\s*[.ºª°]+\s*\w{0,5}\.?|\d{1,2}(?:st|nd|rd|th)\s+fl(?:oor)?|(?:[eou]g|vh|hh|dg))\.?\s*$",
    re.IGNORECASE,
)

COUNTRIES = words(
    "usa us unitedstates unitedstatesofamerica uk gb greatbritain unitedkingdom england scotland wales "
    "ireland deutschland germany allemagne osterreich austria schweiz suisse switzerland svizzera "
    "france frankreich belgium belgie belgique nederland netherlands thenetherlands holland luxembourg "
    "luxemburg italia italy espana spain portugal polska poland polen danmark denmark sverige sweden "
    "norge norway suomi finland canada brasil brazil"
)

_STATES = (
    "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,"
    "DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,"
    "IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,"
    "MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,"
    "NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,"
    "OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,"
    "TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,"
    "WI Wisconsin,WY Wyoming"
)
#: American states by abbreviation and by name without blanks, in lower case: "md" for both spellings.
STATES: dict[str, str] = {}
for _entry in _STATES.split(","):
    _code, _, _name = _entry.partition(" ")
    STATES[_code.casefold()] = _code.casefold()
    STATES[_name.replace(" ", "").casefold()] = _code.casefold()

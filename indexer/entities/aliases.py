"""Spellings of places that gazetteers lack, written by hand: folded, complete of their kind."""

from __future__ import annotations

# How newspapers call countries; short ones count in capitals only.
COUNTRY_ALIASES = {
    "us": "US",
    "usa": "US",
    "u s": "US",
    "u s a": "US",
    "america": "US",
    "the states": "US",
    "united states of america": "US",
    "uk": "GB",
    "u k": "GB",
    "britain": "GB",
    "great britain": "GB",
    "uae": "AE",
    "emirates": "AE",
    "ussr": "RU",
    "soviet union": "RU",
    "russian federation": "RU",
    "holland": "NL",
    "burma": "MM",
    "persia": "IR",
    "siam": "TH",
    "ceylon": "LK",
    "rhodesia": "ZW",
    "zaire": "CD",
    "drc": "CD",
    "dr congo": "CD",
    "congo": "CD",
    "congo kinshasa": "CD",
    "congo brazzaville": "CG",
    "czech republic": "CZ",
    "czechia": "CZ",
    "czechoslovakia": "CZ",
    "slovak republic": "SK",
    "macedonia": "MK",
    "yugoslavia": "RS",
    "federal republic of yugoslavia": "RS",
    "surinam": "SR",
    "kampuchea": "KH",
    "swaziland": "SZ",
    "upper volta": "BF",
    "dahomey": "BJ",
    "east germany": "DE",
    "west germany": "DE",
    "prc": "CN",
    "mainland china": "CN",
    "peoples republic of china": "CN",
    "republic of china": "TW",
    "formosa": "TW",
    "dprk": "KP",
    "rok": "KR",
    "korea": "KR",
    "republic of korea": "KR",
    "n korea": "KP",
    "s korea": "KR",
    "ivory coast": "CI",
    "cape verde": "CV",
    "east timor": "TL",
    "timor leste": "TL",
    "bosnia": "BA",
    "bosnia herzegovina": "BA",
    "trinidad": "TT",
    "tobago": "TT",
    "antigua": "AG",
    "st kitts": "KN",
    "saint kitts": "KN",
    "falklands": "FK",
    "png": "PG",
    "ksa": "SA",
    "palestine": "PS",
    "palestinian territories": "PS",
    "gaza strip": "PS",
    "west bank": "PS",
    "vatican": "VA",
    "vatican city": "VA",
    "holy see": "VA",
    "irish republic": "IE",
    "republic of ireland": "IE",
    "islamic republic of iran": "IR",
    "macau": "MO",
    "the gambia": "GM",
    "the bahamas": "BS",
    "the philippines": "PH",
    "the netherlands": "NL",
}

# Associated Press and postal abbreviations that are printed with full stops or after a comma.
STATE_ABBREVIATIONS = {
    "ala": "US-AL", "ariz": "US-AZ", "ark": "US-AR", "calif": "US-CA", "colo": "US-CO",
    "conn": "US-CT", "del": "US-DE", "fla": "US-FL", "ga": "US-GA", "ill": "US-IL", "ind": "US-IN",
    "kan": "US-KS", "kans": "US-KS", "ky": "US-KY", "la": "US-LA", "md": "US-MD", "mass": "US-MA",
    "mich": "US-MI", "minn": "US-MN", "miss": "US-MS", "mo": "US-MO", "mont": "US-MT",
    "neb": "US-NE", "nebr": "US-NE", "nev": "US-NV", "nh": "US-NH", "nj": "US-NJ", "nm": "US-NM",
    "ny": "US-NY", "nc": "US-NC", "nd": "US-ND", "okla": "US-OK", "ore": "US-OR", "pa": "US-PA",
    "penn": "US-PA", "ri": "US-RI", "sc": "US-SC", "sd": "US-SD", "tenn": "US-TN", "tex": "US-TX",
    "w va": "US-WV", "n y": "US-NY", "n j": "US-NJ", "n c": "US-NC", "s c": "US-SC", "n d": "US-ND",
    "s d": "US-SD", "n h": "US-NH", "n m": "US-NM", "r i": "US-RI", "d c": "US-DC", "vt": "US-VT",
    "va": "US-VA", "wash": "US-WA", "wva": "US-WV", "wis": "US-WI", "wisc": "US-WI",
    "wyo": "US-WY", "dc": "US-DC", "al": "US-AL", "ak": "US-AK", "az": "US-AZ", "ar": "US-AR",
    "ca": "US-CA", "co": "US-CO", "ct": "US-CT", "de": "US-DE", "fl": "US-FL", "hi": "US-HI",
    "id": "US-ID", "il": "US-IL", "in": "US-IN", "ia": "US-IA", "ks": "US-KS", "me": "US-ME",
    "ma": "US-MA", "mi": "US-MI", "mn": "US-MN", "ms": "US-MS", "mt": "US-MT", "ne": "US-NE",
    "nv": "US-NV", "oh": "US-OH", "ok": "US-OK", "or": "US-OR", "tn": "US-TN", "tx": "US-TX",
    "ut": "US-UT", "wa": "US-WA", "wv": "US-WV", "wi": "US-WI", "wy": "US-WY", "ont": "CA-ON",
    "que": "CA-QC", "alta": "CA-AB", "sask": "CA-SK", "bc": "CA-BC", "nsw": "AU-NSW",
}  # fmt: skip

# Continents, seas and quarters: real places without a point; no city of that name is meant.
REGIONS = frozenset(
    " ".join(name.split())
    for name in """
    africa|antarctica|arctic|asia|asia pacific|atlantic|atlantic ocean|australasia|balkans|baltic|
    baltic sea|baltics|bay area|black sea|capitol hill|caribbean|caspian sea|caucasus|
    central africa|central america|central asia|central europe|commonwealth|downtown|east|
    east africa|east asia|east coast|eastern europe|english channel|eu|eurasia|europe|
    european union|eurozone|far east|global south|great lakes|gulf|gulf coast|gulf of mexico|
    gulf states|horn of africa|indian ocean|indochina|latin america|levant|maghreb|mediterranean|
    mediterranean sea|middle east|mideast|midwest|near east|new england|north|north africa|
    north america|north atlantic|north sea|northern europe|oceania|orient|pacific|pacific ocean|
    pacific rim|persian gulf|red sea|sahara|sahel|scandinavia|silicon valley|south|south america|
    south asia|south china sea|south east asia|southeast asia|southern africa|southern europe|
    sub saharan africa|wall street|west|west africa|west coast|western europe|whitehall
    """.split("|")  # noqa: SIM905 - a list of strings would be four pages
)

# States that share their name with a far better known city of the country.
CITY_BEFORE_STATE = frozenset({"new york", "washington"})

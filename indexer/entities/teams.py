"""Clubs that are called by their town alone: "Ashford beat Kent 2-1"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    LARGE_CITY,
    find_cities,
    find_country,
    find_divisions,
    find_state,
    is_common,
)
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words
from indexer.entities.namesakes import TOWN
from indexer.entities.spelling import place_key
from indexer.entities.works import acts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_PLAYS = re.compile(
    r" (?:have |has |had |also |again )?(?:beat|beats|defeated?|lost|lose|won|win|drew|draw|tied|"
    r"thrashed|thumped|hammered|edged|routed|crushed|downed|swept|trounced|stunned|outplayed|"
    r"signed|sacked|equali[sz]ed|scored|conceded|host(?:ed)?|face|are|were|have|stay|remain|climbed|"
    r"moved|went)\b"
    r"| (?:boss|manager|head coach|coach|captain|skipper|striker|midfielder|defender|goalkeeper|"
    r"keeper|winger|full-?back|hooker|prop|lock|flanker|number eight|fly-half|scrum-half|wing|"
    r"quarterback|pitcher|shortstop|linebacker|fans|supporters)\b"
)
_PLAYED = re.compile(
    r"\b(?:beat|beats|beating|defeat(?:ed|ing)?|lost to|losing to|lose to|"
    r"(?:drew|draw)(?: \d+-\d+)? "
    r"(?:with|at|against)|against|over|versus|vs?\.?|thrashed|thumped|hammered|edged|routed|"
    r"host(?:ed|ing)?|visitors|leaders|champions|rivals|midfielder|striker|defender|goalkeeper|"
    r"forward|coach|manager|captain) $"
)
_LEADS = re.compile(
    r" (?:(?:had|have|also) )?(?:(?:led|leads?) (?:by )?\d|trail(?:ed|s)?\b|f[ae]ll to\b)"
    r"| (?:(?:will|must) )?(?:travels? to|go to)\b"
)
_MEETS = re.compile(  # of games to come: in the past tense anybody travels and meets
    r"(?:\b(?:[A-Z][\w-]+|who|and|they|then)(?: (?:will|must|then|next))? "
    r"(?:(?:travels?|go|goes|f[ae]ll) to|visits?|plays?|faces?|hosts?)|"
    r"\b(?:loss|defeat|away|at home) to) $"
)
_MEETING = ("to ", "visit ", "visits ", "play ", "plays ", "face ", "faces ", "host ", "hosts ")
_SIGNED = re.compile(
    r"\b(?:signed|bought|transferred|joined|loaned|moved|move|transfer)\b.* from $"
)
_RESULT = re.compile(r" \d{1,3}\b(?! ?(?:%|percent|per cent|pct|million|billion|mln|[a-z]))")
_SCORE = re.compile(r"\b\d{1,3}-\d{1,3}\b")
_SPORT = re.compile(
    r"\b(?:coach|striker|midfielder|defender|goalkeeper|keeper|quarterback|league|cup|match|"
    r"goals?|penalty|fixture|derby|relegation|play-?offs?|innings?|wickets?|halftime|half-time|"
    r"extra time|premier division|kick-?off|championship|club)\b",
    re.IGNORECASE,
)
_GAME = re.compile(
    r"(?i)\b(?:beat|coach|striker|midfielder|defender|goalkeeper|keeper|quarterback|league|cup|match|"
    r"goals?|penalty|fixture|derby|relegation|play-?offs?|innings|wickets?|half-?time|extra time|"
    r"kick-?off|championship|club|scored|rebounds|tries|quarter|overtime|season|captain|game|"
    r"points|(?:led|trailed) by|\d+-\d+)\b"
)
_PLAINLY = 3
_LOCATED = re.compile(r"(?i)\b(?:in|near|outside|around|(?:city|town|streets) of) $")
_LISTED = re.compile(r" ?[<(][A-Z:. ]+[>)]")
_REACH = 48
_FEW = 12
_HOME_NATIONS = frozenset({"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"})  # they play as countries do


def retype_teams(names: Sequence[Name], page: Page) -> list[Name]:
    """A town that plays, in a sentence of sport or a list of results, is its club.

    So is every other mention of it, unless something lies in it. A lone word that the model takes
    for a person may be one, if nobody here is called so.
    """
    known = collect_name_words(names)
    towns = {name for name in names if _is_town(name, known)}
    states = {name.form for name in towns if find_state(name.form)}
    mere = {form for form in states if not _has_nickname(form, names, page)}
    teams = {name.form for name in towns if name.form not in mere and _plays(name, page)}
    if not teams:
        return list(names)
    return [
        name.retyped("organisation")
        if name.form in teams and name in towns and _is_team(name, page)
        else name
        for name in names
    ]


def retype_cities(names: Sequence[Name], page: Page) -> list[Name]:
    """An organisation that is called as a large city is the city, where no word of sport stands.

    Not if it has an article, acts, or if a longer name here begins with it ("Lagos Steel Ltd").
    """
    cities = {n.form for n in names if n.kind == "organisation" and _is_city(n.form)}
    if not cities or _SPORT.search(page.text):
        return list(names)
    longer = {n.words[0] for n in names if n.kind != "place" and len(n.words) > 1}
    cities -= {n.form for n in names if n.form in cities and _is_body(n, longer, page)}
    return [n.retyped("place") if n.form in cities else n for n in names]


@lru_cache(maxsize=8_192)
def _is_city(form: str) -> bool:
    """Whether this is the main name of a large city, in print as cities are, and no brand."""
    key = place_key(form)
    if form.isupper() or key in load_tables().brands or is_common(key):
        return False
    large = (city for city in find_cities(form) if city.population >= LARGE_CITY)
    return any(place_key(city.name) == key for city in large)


def _is_body(name: Name, longer: set[str], page: Page) -> bool:
    """Whether it is of a firm that the text names, is listed, has an article or acts as one."""
    if name.words[0] in longer or _LISTED.match(page.text, name.end):
        return True
    return page.is_articled(name) or acts(name, page)


def _has_nickname(state: str, names: Sequence[Name], page: Page) -> bool:
    """Whether the text calls an organisation by this state and another word ("Utah Foxes")."""
    bodies = (name.form for name in names if name.kind == "organisation")
    return any(f.startswith(f"{state} ") or f"{state} {f}" in page.text for f in bodies)


def _is_town(name: Name, known: frozenset[str]) -> bool:
    """Whether a club may be called so: by a town or state, not by a land that plays itself."""
    if name.kind not in ("person", "place"):
        return False
    if find_country(name.form) and not find_state(name.form):
        return False
    if name.kind == "person" and (name.key in known or not _is_town_alone(name.form)):
        return False
    divisions = find_divisions(name.form, main=True)
    return not any(division.code in _HOME_NATIONS for division in divisions)


def _is_county(form: str) -> bool:
    """Whether a British county is named, as its club is in all reports of games."""
    return any(division.country == "GB" for division in find_divisions(form, main=True))


@lru_cache(maxsize=8_192)
def _is_town_alone(form: str) -> bool:
    """Whether one word is the main name of a town of some size."""
    if " " in form:
        return False
    towns = (city for city in find_cities(form) if city.population >= TOWN)
    return any(place_key(town.name) == place_key(form) for town in towns)


def _is_team(name: Name, page: Page) -> bool:
    return not (_LOCATED.search(_before(name, page)) or page.text.startswith(", ", name.end))


def _before(name: Name, page: Page) -> str:
    return page.text[max(0, name.start - _REACH) : name.start].rpartition("\n")[2]


@lru_cache(maxsize=1)
def _is_report(text: str) -> bool:
    """Whether a text speaks of games in several ways."""
    return len({match[0].lower() for match in _GAME.finditer(text)}) >= _PLAINLY


def _plays(name: Name, page: Page) -> bool:
    before = _before(name, page)
    if _is_in_report(name, before, page):
        return True
    is_player = _PLAYS.match(page.text, name.end) or _is_played(before)
    has_score = _RESULT.match(page.text, name.end)
    if not (is_player or has_score) or _LOCATED.search(before):
        return False
    line = _line_of(name, page)
    if has_score and _is_result(before, line):
        return True
    return bool(is_player and (_SCORE.search(line) or _SPORT.search(line)))


def _is_in_report(name: Name, before: str, page: Page) -> bool:
    """Whether a report of games says that it leads or will meet somebody, or that is a county's."""
    leads = _LEADS.match(page.text, name.end) or (
        before.endswith(_MEETING) and _MEETS.search(before)
    )
    if not (leads or _is_county(name.form)) or _LOCATED.search(before):
        return False
    return _is_report(page.text)


def _is_played(before: str) -> bool:
    """Whether somebody plays against it, or comes from it."""
    if not before.endswith(" "):
        return False
    return bool(_PLAYED.search(before) or (before.endswith(" from ") and _SIGNED.search(before)))


def _is_result(before: str, line: str) -> bool:
    """Whether a name with a number behind it stands in a line like "Ashford 2 Dover 1"."""
    if len(line.split()) > _FEW:
        return False
    return not before.strip() or before.rstrip()[-1:].isdigit()


def _line_of(name: Name, page: Page) -> str:
    """The sentence of a name, roughly: to the full stops or line ends around it."""
    start = max(page.text.rfind("\n", 0, name.start), page.text.rfind(". ", 0, name.start))
    ends = (page.text.find("\n", name.end), page.text.find(". ", name.end))
    return page.text[start + 1 : min((end for end in ends if end >= 0), default=len(page.text))]

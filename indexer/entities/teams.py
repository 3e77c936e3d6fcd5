"""Clubs that are called by their town alone: "Ashford beat Kent 2-1"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import find_divisions, is_land

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_PLAYS = re.compile(
    r" (?:have |has |had |also |again )?(?:beat|beats|defeated?|lost|lose|won|win|drew|draw|tied|"
    r"thrashed|thumped|hammered|edged|routed|crushed|downed|swept|trounced|stunned|outplayed|"
    r"signed|sacked|equali[sz]ed|scored|conceded|host(?:ed)?|face|are|were|have|stay|remain|climbed|"
    r"moved|went)\b"
)
_PLAYED = re.compile(
    r"\b(?:beat|beats|beating|defeat(?:ed|ing)?|lost to|losing to|lose to|"
    r"(?:drew|draw)(?: \d+-\d+)? "
    r"(?:with|at|against)|against|over|versus|vs?\.?|thrashed|thumped|hammered|edged|routed|"
    r"host(?:ed|ing)?|visitors|leaders|champions|rivals|midfielder|striker|defender|goalkeeper|"
    r"forward|coach|manager|captain) $"
)
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
_LOCATED = re.compile(r"(?i)\b(?:in|near|outside|around|(?:city|town|streets) of) $")
_REACH = 48
_FEW = 12
_HOME_NATIONS = frozenset({"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"})  # they play as countries do


def retype_teams(names: Sequence[Name], page: Page) -> list[Name]:
    """A town that plays, in a sentence of sport or a list of results, is its club.

    So is every other mention of it, unless something lies in it.
    """
    towns = [name for name in names if _is_town(name)]
    teams = {name.form for name in towns if _plays(name, page)}
    return [
        name.retyped("organisation") if name.form in teams and _is_team(name, page) else name
        for name in names
    ]


def _is_town(name: Name) -> bool:
    if name.kind != "place" or is_land(name.form):
        return False
    divisions = find_divisions(name.form, main=True)
    return not any(division.code in _HOME_NATIONS for division in divisions)


def _is_team(name: Name, page: Page) -> bool:
    if not _is_town(name):
        return False
    return not (_LOCATED.search(_before(name, page)) or page.text.startswith(", ", name.end))


def _before(name: Name, page: Page) -> str:
    return page.text[max(0, name.start - _REACH) : name.start].rpartition("\n")[2]


def _plays(name: Name, page: Page) -> bool:
    before = _before(name, page)
    if _LOCATED.search(before):
        return False
    line = _line_of(name, page)
    if _is_result(name, before, line, page):
        return True
    is_player = _PLAYS.match(page.text, name.end) or _PLAYED.search(before)
    if not (is_player or _SIGNED.search(before)):
        return False
    return bool(_SCORE.search(line) or _SPORT.search(line))


def _is_result(name: Name, before: str, line: str, page: Page) -> bool:
    """Whether this is a line like "Ashford 2 Dover 1"."""
    if len(line.split()) > _FEW or not _RESULT.match(page.text, name.end):
        return False
    return not before.strip() or before.rstrip()[-1:].isdigit()


def _line_of(name: Name, page: Page) -> str:
    """The sentence of a name, roughly: to the full stops or line ends around it."""
    start = max(page.text.rfind("\n", 0, name.start), page.text.rfind(". ", 0, name.start))
    ends = (page.text.find("\n", name.end), page.text.find(". ", name.end))
    return page.text[start + 1 : min((end for end in ends if end >= 0), default=len(page.text))]

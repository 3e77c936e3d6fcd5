"""Captions and credits: lines that say what a picture shows or who took it."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re

from dateline.text.lines import ends_sentence

_CREDIT = re.compile(
    r"^\W*(?:(?:REUTERS|REUTER|Reuter|UPI|ANSA|EFE|TASS|DPA|dpa|AP|AFP|EPA|PA|Reuters"
    r"|Getty|GETTY|Getty Images|Shutterstock|iStock|Rex Features|EPA-EFE|AP Photo|AFP Photo|Alamy)"
    r"(?:\s*(?:/|via|\||,|–|-)\s*[\w .'’-]{2,40})?)\W*$"
)
_FILE_PHOTO = re.compile(r"^\W*FILE(?: (?:PHOTO|PICTURE|IMAGE|[Pp]hoto))?\s*[-–—:]\s")
_AGENCIES = (
    r"(?:AP|AFP|EPA|EFE|ANSA|PA|DPA|dpa|TASS|UPI|Reuters|REUTERS|Getty(?: Images)?|Shutterstock"
    r"|Rex Features|Alamy|Bloomberg|Pool|[A-Z]\w+ Images)"
)
_CREDIT_LAST = re.compile(
    rf"[^\W\d_][\w.)]*\s?/\s?(?:[\w ]{{2,30}}/\s?)?{_AGENCIES}(?: via {_AGENCIES})?(?: Europe)?"
    rf"\W*\Z|\({_AGENCIES} (?:[Pp]hotos?|[Vv]ia|/)[^()]{{0,60}}\)\W*\Z"
    r"|[.!?”\"\w] (?:Photograph|Photo|Picture|Image|Illustration|Credit)s?(?: by|:) [^.!?]{3,60}"
    r"\W*\Z"
)
_LONGEST_CREDIT = 100
_SHOWN = re.compile(
    r"[^.!?]{0,250}\b(?:is|are) (?:seen|shown|pictured)\b[^.!?]*\bin (?:this|an?)\b[^.!?]{0,40}\b"
    r"(?:photo(?:graph)?|picture|image|illustration|handout|screen ?grab|still)\b",
    re.IGNORECASE,
)
_WHERE = r"(?:with|and|at|in|on|outside|inside|after|before|during|near|by|beside|next to)\b"
_PICTURED = re.compile(
    r"[(\[](?:pictured\b[^()\[\]]{0,40}|above|below|inset)[)\]](?:\W*\Z"
    rf"|,? (?:{_WHERE}|receives?\b|holds?\b|meets?\b))"
    rf"|\((?:(?:far |second |third )?(?:left|right)|cent(?:re|er))\),? {_WHERE}"
    rf"|, pictured (?:{_WHERE}|here\b|left\b|right\b|above\b|below\b)",
    re.IGNORECASE,
)
_CREDIT_IN_BRACKETS = re.compile(
    r"[(\[](?:image|photo|picture|photograph|pic)s?(?: credits?| courtesy)?(?::| by| of)"
    r" [^()\[\]]{2,60}[)\]]\W*\Z",
    re.IGNORECASE,
)
_FROM_LEFT = re.compile(
    r"\W*(?:pictured|(?:from )?left to right|from (?:the )?left|clockwise from|l-r)\b",
    re.IGNORECASE,
)
_SHOWING = ("seen", "shown", "pictured")  # far faster to look for
# As agencies write under a picture: who does what, where, and the full day, without "on".
_DATED = re.compile(
    r"(?:[A-Z][\w.'’-]*,? (?:and |of |the |de |al-)?){1,8}(?:[a-z]+ly )?"
    r"(?!was\b|has\b|his\b|is\b|says\b|does\b)[a-z]+(?:[^s\W]s|es)\b[^.!?;]{5,200}"
    r"(?<! on)(?<! by)(?<! of)(?<! to)(?<! from)(?<! until)(?<! since)(?<! for)(?<! in)(?<! before)"
    r",? (?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)) \d{1,2}, (?:19|20)\d\d"
    r"(?:, in [A-Z][\w., ]{2,40}?)?\.?(?: \([^()]{2,60}\))?\Z"
)
_YEAR_LAST = re.compile(r"\b(?:19|20)\d\d\b")


def is_caption(text: str) -> bool:
    """Is this line, of less than a paragraph, a caption or a credit by its wording alone?"""
    tail = text[-_LONGEST_CREDIT:]
    if _CREDIT.match(text) or _FILE_PHOTO.match(text) or _is_shown(text):
        return True
    if _is_pictured(text):
        return True
    if ("19" in tail or "20" in tail) and _YEAR_LAST.search(tail) and _DATED.match(text):
        return True
    marked = "/" in tail or ":" in tail or "(" in tail or " by " in tail
    return marked and _CREDIT_LAST.search(tail) is not None


def _is_shown(text: str) -> bool:
    lowered = text.lower()
    return any(map(lowered.__contains__, _SHOWING)) and _SHOWN.match(text) is not None


def _is_pictured(text: str) -> bool:
    """No sentence, and it says who is in the picture and where; or it ends in who took it."""
    if text.endswith((")", "]")) and _CREDIT_IN_BRACKETS.search(text[-_LONGEST_CREDIT:]):
        return True
    may_be = "(" in text or "[" in text or ", pictured" in text
    named = _FROM_LEFT.match(text) or (may_be and _PICTURED.search(text))
    return bool(named) and not ends_sentence(text) and text[-1] not in ":,;–—-"

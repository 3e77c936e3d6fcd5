"""Greetings: how a newsletter opens before it says anything."""

# ruff: noqa: RUF001  # typographic apostrophes and dashes are what this module is about

from __future__ import annotations

import re

from dateline.text.months import WEEKDAYS, alternatives

_HELLO = (
    r"(?:good (?:morning|afternoon|evening|day)|hello|hi|hey|greetings|welcome(?: back)?"
    r"|dear (?:all|friends?|readers?|subscribers?|colleagues?)"
    rf"|happy (?:{alternatives(WEEKDAYS)}|new year|holidays|weekend|easter|christmas|thanksgiving)"
    r"|guten (?:morgen|tag|abend)|liebe leser(?:innen und leser)?|bonjour|bonsoir|buenos días"
    r"|buenas tardes|bom dia|buongiorno|goedemorgen|god morgen|god morgon|доброе утро"
    r"|добрый (?:день|вечер))"
)
_TO = (
    r"(?:,? (?:to you|to you all|to all|all|again|there|everyone|everybody|folks|friends"
    rf"|(?:dear )?readers?|subscribers?|and happy (?:{alternatives(WEEKDAYS)})))?"
)
_GREETING = re.compile(rf"\W*{_HELLO}{_TO}(?:,? from [\w ’'-]{{2,30}})?\W*", re.IGNORECASE)
_WELCOME = re.compile(
    rf"\W*(?:{_HELLO}{_TO}[,.!]? (?:and )?)?welcome(?: back)?,? to\b[^.!?]{{0,80}}"
    r"\b(?:newsletter|briefing|edition|issue|round-?up|digest|bulletin|live ?blog|coverage|column"
    r"|podcast)\b[^.!?]{0,60}[.!:]?\W*",
    re.IGNORECASE,
)


_HERE = re.compile(
    r"\W*here(?:['’]s| is| are) [^.!?]{0,60}\b(?:latest|news|headlines|know|stories|edition"
    r"|briefing|newsletter)\b[^.!?]{0,20}[.!:]\W*",
    re.IGNORECASE,
)


def is_greeting(sentence: str) -> bool:
    """Does the sentence greet its readers, or hand them the newsletter, and say no more?"""
    return any(kind.fullmatch(sentence) for kind in (_GREETING, _WELCOME, _HERE))

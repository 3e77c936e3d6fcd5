"""Invitations: lines in which a newsroom asks to be followed, or joined on a messenger."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re

_APPS = ("whatsapp", "telegram", "viber")
_APP = rf"(?:{'|'.join(_APPS)})"
_OURS = re.compile(
    rf"\bour (?:[\w-]+ ){{0,3}}{_APP}(?: \w+)? (?:channels?|communit(?:y|ies)|groups?|service|page"
    rf"|account|alerts?|updates?|newsletter)\b|\bus on (?:\w+ ){{0,2}}{_APP}\b"
    rf"|\bwe(?: ha|['’])ve [^.!?]{{0,40}}{_APP}\b|(?:\bis|\bare|['’]re) (?:now |also )*on {_APP}\b",
    re.IGNORECASE,
)
# Where a reader is asked, not where it is told who joined: at a start, after "to", "by", "can".
_ASKS = re.compile(
    r"(?:^[\W_]*|[.!?:,]\s+|\s[–—-]\s+|\b(?:to|by|also|can|now|please|and) )"
    r"(?:join|follow|subscrib|sign(?:ing)? up|get\b|receiv|tap\b|click|visit|head to"
    r"|read\b|see\b|find\b|keep\b|stay\b)",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"\b(?:click|tap|sign(?:ing)? up|join|subscrib|follow)\w*(?: us)?"
    r" (?:here|below|(?:this|the) link)\b"
    rf"|\A\W*(?:get|receive|join|follow|find) [^.!?]{{2,60}} (?:on|via) {_APP}\W*\Z",
    re.IGNORECASE,
)
_FOLLOW_US = re.compile(
    r"\W*(?:folgen sie uns|folge uns|abonnieren sie unser|suivez[- ]nous|abonnez-vous|síguenos"
    r"|suscríbete a nuestr|únete a nuestr|seguici|iscriviti al nostr|siga-nos|inscreva-se no nosso"
    r"|volg ons|følg oss|følg os\b|följ oss|obserwuj nas|подписывайтесь на наш)",
    re.IGNORECASE,
)
_FOLLOW_LETTERS = 160
_QUOTES = re.compile(r"[\"“”„«»]")
_READ = 250


def is_invitation(text: str) -> bool:
    """Is the reader asked to come to the newsroom's own channel? In a quote somebody else asks."""
    if len(text) <= _FOLLOW_LETTERS and _FOLLOW_US.match(text):
        return True
    head = text[:_READ]
    lowered = head.lower()
    if not any(map(lowered.__contains__, _APPS)) or _QUOTES.search(head):
        return False
    return bool(_LINKED.search(head) or (_OURS.search(head) and _ASKS.search(head)))

"""Invitations: lines in which a newsroom asks to be joined or followed on a messenger."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re

_APPS = ("whatsapp", "telegram", "viber")
_APP = rf"(?:{'|'.join(_APPS)})"
_OURS = re.compile(
    rf"\bour (?:[\w-]+ ){{0,3}}{_APP}(?: \w+)? (?:channels?|communit(?:y|ies)|groups?|service|page"
    rf"|account|alerts?|updates?|newsletter)\b|\bus on (?:\w+ ){{0,2}}{_APP}\b"
    rf"|\bwe(?: ha|['’])ve [^.!?]{{0,40}}{_APP}\b|\b(?:is|are) (?:now |also )*on {_APP}\b",
    re.IGNORECASE,
)
# Where a reader is asked, not where it is told who joined: at a start, after "to", "by", "can".
_ASKS = re.compile(
    r"(?:^[\W_]*|[.!?:,]\s+|\s[–—-]\s+|\b(?:to|by|also|can|now|please|and) )"
    r"(?:join|follow|subscrib|sign(?:ing)? up|get\b|receiv|tap\b|click|visit|head to)",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”„«»]")
_READ = 250


def is_invitation(text: str) -> bool:
    """Is the reader asked to come to the newsroom's own channel? In a quote somebody else asks."""
    head = text[:_READ]
    lowered = head.lower()
    if not any(map(lowered.__contains__, _APPS)) or _QUOTES.search(head):
        return False
    return _OURS.search(head) is not None and _ASKS.search(head) is not None

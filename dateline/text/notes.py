"""Notes about an article: who reported it, what was changed, where it appeared, whose it is."""

from __future__ import annotations

import re

_REPORTERS = (
    r"(?:additional |with |further )?(?:reporting|writing|editing|compiled|written|edited|"
    r"translated|graphics?|production)"
    r"(?: and (?:writing|editing|reporting))? by\b"
)
_REPORTED_BY = re.compile(rf"^\s*\(?\s*{_REPORTERS}", re.IGNORECASE)
_NAMES_ONLY = re.compile(
    r"[^\W\d_a-z]|(?:and|in|by|with|for|additional|de|van|von|al|bin|reporting|writing|editing|"
    r"the)\b"
)
REPORTERS_LAST = re.compile(rf"\s*\((?i:{_REPORTERS})[^()]{{2,300}}\)\s*\Z")
"""Who reported, in brackets at the end of a line."""

_UPDATE_NOTE = re.compile(
    r"^\s*[(\[](?:adds?|updates?|updated|recasts?|rewrites?|releads?|refiles?|repeats?|removes?|"
    r"fixes|changes|clarifies|writes)\b[^()]*[)\]]\W*$",
    re.IGNORECASE,
)
_ASSISTED = re.compile(
    r"^\W*(?:with (?:additional )?(?:assistance|reporting|contributions?|files) (?:from|by)\b)",
    re.IGNORECASE,
)
_REPRINT_NOTE = re.compile(
    r"^\W*(?:(?:this|the) (?:article|story|post|report|piece|content|interview|column)\b.{0,120}?"
    r"\b(?:(?:originally |first )(?:appeared|published|ran|posted)|appeared first on)\b|"
    r"(?:originally|first) published (?:on|in|at|by)\b)",
    re.IGNORECASE,
)

_RIGHTS = re.compile(r"\s*©|\W*(?:copyright|\(c\))\W*(?:©|\(c\)|(?:19|20)\d\d\b)", re.IGNORECASE)
_RESERVED = re.compile(r".{0,120}\ball rights reserved\b", re.IGNORECASE)


def is_note(text: str) -> bool:
    """Is this line a note of the newsroom about the article, not a part of it?"""
    notes = (_REPRINT_NOTE, _UPDATE_NOTE, _ASSISTED)
    return any(note.match(text) for note in notes) or _names_reporters(text)


def claims_rights(text: str) -> bool:
    """Is this line a notice of copyright?"""
    if _RIGHTS.match(text):
        return True
    return "rights reserved" in text.lower() and _RESERVED.match(text) is not None


def _names_reporters(text: str) -> bool:
    found = _REPORTED_BY.match(text)
    if not found:
        return False
    rest = text[found.end() :]
    return text.lstrip().startswith("(") or all(
        _NAMES_ONLY.match(word) for word in re.findall(r"\w+", rest)
    )

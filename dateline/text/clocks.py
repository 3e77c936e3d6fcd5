"""Stamps that say when a text was published or changed by the time of day or the day alone.

"UPDATED: 3.15pm", "Last updated on Tuesday at 4pm", "First published 10.02am": they state no full
date, so nothing is learned from them; they are no part of the article. Those with a year are read
by `stamps`.
"""

# ruff: noqa: RUF001  # typographic dashes are what this module is about

from __future__ import annotations

import re

from dateline.text.months import MONTHS, WEEKDAYS, alternatives

_LABEL = (
    r"(?:this (?:story|article|post|page|report) (?:was|has been) )?"
    r"(?:(?:first|last|originally|zuletzt) )?"
    r"(?:published|posted|updated?|modified|edited|aktualisiert|veröffentlicht|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publisert|oppdatert)"
)
_CLOCK = (
    r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\b\.?|\s*uhr\b|\b)"
    r"|\d{1,2}\s*(?:[ap]\.?m\b\.?|uhr\b)"
)
_DAY = rf"(?:{alternatives(MONTHS)}|{alternatives(WEEKDAYS)}|today|yesterday|just now)\b\.?"
_ZONE = r"(?-i:[A-Z]{1,3}T|UTC|Z)\b"
_REST = r"(?:at|on|hrs|de|um|am|à|le|a las|el|alle|om|kl\.?|\d{1,2}(?:st|nd|rd|th)?)\b"
_STAMP = re.compile(
    rf"[\W_]*(?P<label>{_LABEL})\b(?P<colon>\s*:)?"
    rf"(?P<moment>(?:[\s,.:|•·–—-]*(?:{_CLOCK}|{_DAY}|{_ZONE}|{_REST}))++)"
    r"(?P<after>[\s,.;|:•·–—)-]*)",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"{_CLOCK}|\b{_DAY}", re.IGNORECASE)
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_PARTS = re.compile(r"[|:•–—-]")
_LONGEST = 120


def find_clock_stamp(line: str) -> int:
    """Where the words begin behind such a stamp; the length of a line that is nothing else; or 0.

    Words behind it count where it is set off ("UPDATED: 3.15pm The harbour …"): "Published at 3pm
    London time, the report …" is prose.
    """
    found = _STAMP.match(line[:_LONGEST])
    if found is None or not _TOLD.search(found["moment"]):
        return 0
    if found.end() == len(line):
        return len(line)
    apart = found["colon"] or found["label"].isupper() or _PARTS.search(found["after"])
    first = line[found.end()]
    begins = found["after"] and not (first.islower() or first.isdigit())
    return found.end() if apart and begins and _TIME.search(found["moment"]) else 0

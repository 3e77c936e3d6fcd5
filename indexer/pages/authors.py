"""Names of authors out of what pages write for them: by-lines, roles, addresses, lists."""

# ruff: noqa: RUF001  # dashes that pages put beside names

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BY = re.compile(r"\A(?:(?:written|reported|words|story|text)\s+)?by:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;,|\n·•/]|\band\b|\bund\b|\bet\b|&|\bwith\b)\s*")
_ADDRESS = re.compile(r"@|://|\bwww\.|\.(?:com|org|net|co\.\w\w)\b")
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|contributor|producer|journalist|author"
    r"|staff|desk|team|chief|director|analyst|photographer|bureau|head of|freelance|presenter"
    r"|published|updated|posted|min read)s?\b",
    re.IGNORECASE,
)
_LONGEST = 80
_MOST = 50
_WORDS = 6


def read_authors(stated: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order: "By Ann Lee and Bo Ek, Political Editor" → Ann Lee, Bo Ek."""
    names = (name for text in stated for name in _names(text))
    return tuple(dict.fromkeys(names))[:_MOST]


def _names(text: str) -> list[str]:
    """The names in one text; a role is one only where it stands alone ("Staff writers")."""
    line = " ".join(html.unescape(text)[:1000].split())
    if _ADDRESS.search(line) and " " not in line:
        return []
    parts = [part.strip(" .–—-:") for part in _BETWEEN.split(_BY.sub("", f"{line} "))]
    names = [part for part in parts if _is_name(part)]
    return names if len(names) == 1 else [name for name in names if not _ROLE.search(name)]


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST
        and any(character.isalpha() for character in text)
        and not any(character.isdigit() for character in text)
        and len(text.split()) <= _WORDS
        and not _ADDRESS.search(text)
    )

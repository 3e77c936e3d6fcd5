"""Capitals that speak: "Ankara said" is Turkey's government, and the city is the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_metropolis
from indexer.entities.loading import load_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_SPEAKS = re.compile(
    r" (?:has |had |have )?(?:said|says|denied|denies|accused|accuses|announced|warned|warns|"
    r"agreed|insists|insisted|rejected|condemned|urged|vowed|pledged|replied|protested|recalled|"
    r"expelled|blames|blamed|demanded|demands|hopes|wants|fears)\b"
)


def retype_speaking(names: Sequence[Name], page: Page) -> list[Name]:
    """A large city that says, denies or warns is a place, not an organisation."""
    speaking = {name.form for name in names if _speaks(name, page)}
    return [
        name.retyped("place") if name.kind == "organisation" and name.form in speaking else name
        for name in names
    ]


def _speaks(name: Name, page: Page) -> bool:
    if name.kind != "organisation" or name.key in load_tables().brands or name.form.isupper():
        return False
    return is_metropolis(name.form) and _SPEAKS.match(page.text, name.end) is not None

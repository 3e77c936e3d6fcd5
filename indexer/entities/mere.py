"""Places that are mentioned but not meant: money ("Singapore dollars"), accords named by a city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import is_land

if TYPE_CHECKING:
    from indexer.entities.names import Name, Page

_MONEY = re.compile(
    r"\.? (?:dollars?|dlrs?|cents?|pounds?|francs?|marks?|crowns?|kron[aeo]r?|pesos?|pesetas?|"
    r"rupees?|rupiah|shillings?|dinars?|riyals?|rials?|lira|lire|won|yuan|yen|baht|ringgit|rand|"
    r"euros?|treasury (?:bonds?|bills?|notes?)|currency)\b",
    re.IGNORECASE,
)
_PACT = re.compile(
    r" (?:accords?|agreements?|pact|communiqu[eé]|treaty|protocol|declaration|"
    r"climate (?:accord|agreement|deal)|club)\b",
    re.IGNORECASE,
)


def is_mere(name: Name, page: Page) -> bool:
    """Whether a place only says whose money is counted, or which accord is spoken of."""
    if _MONEY.match(page.text, name.end):
        return True
    is_city = not is_land(name.form)
    return is_city and _PACT.match(page.text, name.end) is not None

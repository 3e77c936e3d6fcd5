"""What is counted or quoted is no body: "an ISP", "iPhones", "the Roe 100 index"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.names import holds_word
from indexer.entities.works import acts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name, Page

_DETERMINERS = (
    " a ",
    " an ",
    " A ",
    " An ",
    " your ",
    " my ",
    " every ",
    " each ",
    " any ",
    " per ",
)
_NO_NOUN = re.compile(
    r"[,.;:)?!\"]|\n|\Z| (?:and|or|of|in|on|to|for|with|that|which|is|was|are|can|may|might|must|"
    r"will|would|should|at|by|from|as|but|if|when|because|so|has|had|then|than|while)\b"
)
_PLURAL = re.compile(r"[A-Z]{2,5}s")
_MOVE = (
    r"(?:(?:was|were|had|has|ended|closed|finished|opened|stood) )?"
    r"(?:up|down|higher|lower|off|rose|risen|fell|fallen|slipped|gained|added|dropped|lost|climbed|"
    r"jumped|slid|sank|shed|advanced|declined|eased|edged|ended|closed|finished|opened|stood)"
)
_INDEX = re.compile(
    r"[ -]\d{2,4}(?: (?:share |stock |blue-chip )?(?:index|indexes|futures|benchmark|average)\b"
    rf"| {_MOVE}\b)| (?:composite|industrial average|all-share|share index|stock average)\b"
    rf"| (?:index |average )?{_MOVE}(?: by)? [\d.,]+ points\b",
    re.IGNORECASE,
)


def demote_countable(names: Sequence[Name], page: Page) -> list[Name]:
    """Acronyms and models with an article or a plural, and share indices, are no organisations.

    So is every other mention, unless one acts as a body does.
    """
    bodies = [name for name in names if name.kind == "organisation"]
    forms = {n.form for n in bodies if _is_counted(n, page) or _is_index(n, page)}
    if not forms:
        return list(names)
    forms -= {name.form for name in names if acts(name, page)}
    forms |= {f"{form}s" for form in forms}
    return [
        n.retyped("other") if n.kind == "organisation" and n.form in forms else n for n in names
    ]


def _is_index(name: Name, page: Page) -> bool:
    is_going_on = page.text.startswith((" ", "-"), name.end)
    return is_going_on and _INDEX.match(page.text, name.end) is not None


def _is_counted(name: Name, page: Page) -> bool:
    """Whether a word in capitals, or with one inside, has an article and no noun, or a plural."""
    form = name.form
    if " " in form or form[1:].islower() or not form.isalnum():
        return False
    if _PLURAL.fullmatch(form) or holds_word(page.text, f"{form}s"):
        return True
    if form.endswith("s") and holds_word(page.text, form[:-1]):
        return True
    is_determined = page.text.endswith(_DETERMINERS, 0, name.start)
    return is_determined and _NO_NOUN.match(page.text, name.end) is not None

"""What is about to be written, checked before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.search.elastic.bulk import Action, index_action
from dateline.search.refusals import find_fault, keyword_fields
from dateline.search.results import Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.search.elastic.bulk import BulkLoop
    from mappings import MappingName


@dataclass(frozen=True, slots=True)
class Draft:
    """A document in its stored form, under its id, at its revision."""

    id: str
    stored: Mapping[str, Any]
    revision: int


def send_drafts(
    loop: BulkLoop, drafts: Sequence[Draft], alias: str, mapping: MappingName
) -> list[Written]:
    """One answer per draft, in order; what the server would choke on is not sent."""
    answers: dict[int, Written] = {}
    actions: dict[int, Action] = {}
    for position, draft in enumerate(drafts):
        made = draft_action(draft, alias, keyword_fields(mapping))
        if isinstance(made, Written):
            answers[position] = made
        else:
            actions[position] = made
    answers |= zip(actions, loop.send(list(actions.values())), strict=True)
    return [answers[position] for position in range(len(drafts))]


def draft_action(draft: Draft, alias: str, keywords: Sequence[str]) -> Action | Written:
    """The action that writes a draft, or why it is refused before it is sent."""
    fault = find_fault(draft.id, draft.stored, keywords)
    if fault is None:
        try:
            return index_action(alias, draft.id, draft.stored, draft.revision)
        except TypeError as error:  # a lone surrogate, or an integer beyond 64 bits
            fault = f"it is no JSON: {error}"
    return Written(draft.id, "rejected", fault)

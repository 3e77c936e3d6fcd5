"""Rivers, seas, ranges and regions: what the model takes for people or organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.entities.gazetteer import find_feature, is_people
from indexer.entities.loading import load_tables
from indexer.entities.names import collect_name_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities.names import Name


def retype_features(names: Sequence[Name]) -> list[Name]:
    """A name that is wholly that of a river, sea, range or region is a place.

    Not a county's: its club plays under the same name.
    """
    known = collect_name_words(names)
    return [name.retyped("place") if _is_feature(name, known) else name for name in names]


def _is_feature(name: Name, known: frozenset[str]) -> bool:
    feature = find_feature(name.form)
    if name.kind == "place" or feature is None or feature.kind == "county":
        return False
    tables = load_tables()
    personal = name.key in tables.given_names or name.key in known or name.key in tables.brands
    return not (personal or is_people(name.key)) or " " in name.key

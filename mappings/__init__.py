"""What is stored: the one reader of the mapping files beside this module."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal

MappingName = Literal["articles.v1", "originals.v1"]

ARTICLES: MappingName = "articles.v1"
ORIGINALS: MappingName = "originals.v1"


def load_mapping(name: MappingName) -> dict[str, Any]:
    """The body of index creation (`settings`, `mappings`) of one mapping file, a fresh copy."""
    body: dict[str, Any] = json.loads(files("mappings").joinpath(f"{name}.json").read_bytes())
    return body

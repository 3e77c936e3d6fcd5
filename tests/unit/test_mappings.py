from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mappings import ARTICLES, ORIGINALS, MappingName, load_mapping

if TYPE_CHECKING:
    from pathlib import Path

ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \|", re.MULTILINE)


def table(root: Path, name: MappingName) -> dict[str, str]:
    """Field and first word of its type, as the README of the mappings tells them."""
    sections = (root / "mappings" / "README.md").read_text(encoding="utf-8").split("\n## ")
    section = next(part for part in sections if part.startswith(name))
    return {field: kind.split(",")[0].strip() for field, kind in ROW.findall(section)}


@pytest.mark.parametrize("name", [ARTICLES, ORIGINALS])
def test_readme_names_every_field_with_its_type_and_no_other(root: Path, name: MappingName) -> None:
    properties = load_mapping(name)["mappings"]["properties"]

    assert table(root, name) == {field: body["type"] for field, body in properties.items()}


@pytest.mark.parametrize("name", [ARTICLES, ORIGINALS])
def test_mapping_is_strict_and_names_its_version(name: MappingName) -> None:
    mappings = load_mapping(name)["mappings"]

    assert mappings["dynamic"] == "strict"
    assert "{schema}.v{version}".format(**mappings["_meta"]) == name


def test_stored_only_objects_are_not_parsed() -> None:
    properties = load_mapping(ARTICLES)["mappings"]["properties"]

    assert not properties["mentions"]["enabled"]
    assert not properties["sentences"]["enabled"]


def test_no_word_leaves_the_index() -> None:
    analysis = load_mapping(ARTICLES)["settings"]["analysis"]

    assert not [name for name in analysis["filter"] if "stop" in name]
    assert all("stop" not in chain["filter"] for chain in analysis["analyzer"].values())

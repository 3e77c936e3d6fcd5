"""Countries found in Reuters-21578 stories against the editors' PLACES."""

from __future__ import annotations

import html
import random
import re
import tarfile
from typing import TYPE_CHECKING

from quality.scoring import Score

from indexer.entities import EntityFinder, EntityText
from indexer.entities.gazetteer import find_country

if TYPE_CHECKING:
    from pathlib import Path

_STORY = re.compile(
    r"<PLACES>(.*?)</PLACES>.*?<TITLE>(.*?)</TITLE>"
    r".*?<DATELINE>\s*(.*?)</DATELINE><BODY>(.*?)</BODY>",
    re.DOTALL,
)
_LABEL = re.compile(r"<D>(.*?)</D>")
_SEED = 21578


def read_stories(archive: Path, count: int) -> list[tuple[str, set[object]]]:
    """Stories with a body and at least one place, drawn by seed: text and country codes."""
    stories: list[tuple[str, set[object]]] = []
    with tarfile.open(archive) as packed:
        for member in sorted(packed.getnames()):
            file = packed.extractfile(member) if member.endswith(".sgm") else None
            text = file.read().decode("latin-1") if file else ""
            for story in text.split("</REUTERS>"):
                if (match := _STORY.search(story)) and match[1]:
                    body = html.unescape(f"{match[2]}\n\n{match[3]}{match[4]}")
                    stories.append((body, {_code(label) for label in _LABEL.findall(match[1])}))
    return random.Random(_SEED).sample(stories, count)


def _code(label: str) -> str:
    country = find_country(label.replace("-", " ").upper())
    return country.code if country else label


def score_countries(finder: EntityFinder, archive: Path, count: int) -> Score:
    """Countries of the places facet against the editors'."""
    stories = read_stories(archive, count)
    score = Score()
    found = finder.find([EntityText(text, 0, "en") for text, _ in stories])
    for entities, (_, wanted) in zip(found, stories, strict=True):
        score.add({place.country for place in entities.places}, wanted)
    return score

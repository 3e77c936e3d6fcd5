"""Countries found in Reuters-21578 stories against the editors' PLACES."""

from __future__ import annotations

import random
import re
import tarfile
from typing import TYPE_CHECKING

from quality.scoring import Score

from dateline.documents import CleanArticle, RawArticle
from dateline.text.cleaning import clean_article
from indexer.entities import EntityFinder, EntityText
from indexer.entities.gazetteer import find_country
from indexer.sources import SourceOptions
from indexer.sources.reuters import read_story

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
    """Stories with a body and at least one place, drawn by seed: text and country codes.

    The text is what the index stores of the story: lines joined, cleaned.
    """
    drawn = random.Random(_SEED).sample(_list_stories(archive), count)
    return [(_as_stored(story), _read_countries(story)) for story in drawn]


def _list_stories(archive: Path) -> list[str]:
    with tarfile.open(archive) as packed:
        files = (packed.extractfile(m) for m in sorted(packed.getnames()) if m.endswith(".sgm"))
        texts = [file.read().decode("latin-1") for file in files if file]
    stories = (story for text in texts for story in text.split("</REUTERS>"))
    return [story for story in stories if (match := _STORY.search(story)) and match[1]]


def _as_stored(story: str) -> str:
    content = f"{story[story.index('<REUTERS') :]}</REUTERS>".encode("latin-1")
    article = read_story(content, "story", SourceOptions())
    assert isinstance(article, RawArticle)
    clean = clean_article(article.body, article.title, source=article.metadata.source)
    return clean.text.text if isinstance(clean, CleanArticle) else article.body.text


def _read_countries(story: str) -> set[object]:
    match = _STORY.search(story)
    return {_code(label) for label in _LABEL.findall(match[1])} if match else set()


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

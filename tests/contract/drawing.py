"""Draws the questions of the agreement by seed: `python tests/contract/drawing.py >questions.jsonl`

Words and values are in clear; phrases are only told by where they stand in which story, and are
read there when the test runs.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument

SEED = 21578
COUNT = 1_000
WORD = re.compile(r"[A-Za-z]{3,}")
_BANDS = ((3, 8), (9, 40), (41, 300), (301, 4_000))
"""Documents a word stands in: rare to common words, drawn alike."""
_LONG, _MIDDLE = 6, 4
_FUNCTION_WORDS = ("the", "of", "to", "in", "and", "for", "said")

Question = dict[str, Any]


def phrase_words(text: str, body_start: int) -> list[str]:
    """The words of a body among which a phrase is counted."""
    return WORD.findall(text[body_start:])


class Drawer:
    """Draws words, values and phrases of an archive."""

    def __init__(self, documents: Sequence[ArticleDocument]) -> None:
        self._random = random.Random(SEED)  # a fixed draw is the point
        self._documents = documents
        counts = Counter(
            word for each in documents for word in set(map(str.lower, WORD.findall(each.text)))
        )
        words = sorted(counts)
        self._bands = [
            [word for word in words if low <= counts[word] <= high] for low, high in _BANDS
        ]

    def draw(self) -> Iterator[Question]:
        """All questions, numbered, in a fixed order."""
        kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
        for number, kind in enumerate(kinds):
            question = {"number": number, "kind": kind, **KINDS[kind](self)}
            yield question | self._shape(number, question)

    def word(self) -> str:
        return self.choose(self.choose(self._bands))

    def common(self) -> str:
        return self.choose(self._bands[-1] if self._random.random() < 0.5 else self._bands[-2])

    def words(self, count: int) -> str:
        return " ".join(self.common() for _ in range(count))

    def choose(self, among: Sequence[Any]) -> Any:
        return self._random.choice(among)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def phrase(self, length: int) -> list[Any]:
        """Where a phrase stands: story, first word, words."""
        while True:
            story = self.choose(self._documents)
            last = len(phrase_words(story.text, story.body_start)) - length
            if last > 0:
                return [story.id, self.number(0, last), length]

    def value(self, field: str) -> str:
        """A value of a field, of a story drawn at random that has one."""
        while True:
            values = getattr(self.choose(self._documents), field)
            if values:
                return values if isinstance(values, str) else self.choose(values)

    def day(self) -> str:
        while True:
            published = self.choose(self._documents).published_at
            if published:
                return f"{published:%Y-%m-%d}"

    def filters(self) -> Question:
        """One to three filters."""
        makers: list[Callable[[], Question]] = [
            lambda: {"person": [self.value("people")]},
            lambda: {"person": [self.value("people").split()[-1].lower()]},
            lambda: {"place": [self.value("places"), self.value("places")]},
            lambda: {"source": [self.value("source").upper()]},
            lambda: {"country": [self.value("countries").lower()]},
            lambda: {"organisation": [self.value("organisations")]},
            lambda: {"exclude_place": [self.value("places")]},
            lambda: {"exclude_source": [self.value("source")]},
            lambda: {"published_from": self.day()},
            lambda: {"published_to": self.day()},
        ]
        chosen: Question = {}
        for make in self._random.sample(makers, self.number(1, 3)):
            chosen |= make()
        return {"filters": chosen}

    def _shape(self, number: int, question: Question) -> Question:
        """What most questions leave to the test: sort, interval, where to search."""
        sorts = ("relevance", "relevance", "relevance", "newest", "oldest")
        return {
            "sort": question.get("sort") or (sorts[number % 5] if question["q"] else "newest"),
            "interval": ("auto", "day", "week", "month", "year")[number % 5],
        }


def _boolean(d: Drawer) -> Question:
    forms = (
        "{0} OR {1}",
        "({0} OR {1}) {2}",
        "{0} -{1}",
        "{0} {1} OR {2}",
        "{0} NOT ({1} OR {2})",
        "({0} {1}) OR ({2} {3})",
        "-{0}",
        "{0} AND {1} -{2}",
    )
    return {"q": d.choose(forms).format(*(d.common() for _ in range(4)))}


def _prefix(d: Drawer) -> Question:
    word = d.word()
    beside = f" {d.common()}" if d.number(0, 2) == 0 else ""
    return {"q": f"{word[: max(3, d.number(3, len(word)))]}*{beside}"}


def _fuzzy(d: Drawer) -> Question:
    word = d.word()
    at = d.number(0, len(word) - 1)
    spelt = d.choose(
        (word, word[:at] + word[at + 1 :], word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
    )
    spelt = spelt if len(spelt) >= 3 else word
    beside = f" {d.common()}" if d.number(0, 2) == 0 else ""
    return {"q": f"{spelt}~{beside}"}


def _fields(d: Drawer) -> Question:
    makers: list[Callable[[], str]] = [
        lambda: f"title:{d.common()}",
        lambda: f"title:({d.common()} OR {d.common()})",
        lambda: f"{d.common()} title:{d.common()}",
        lambda: f'person:"{d.value("people")}" {d.common()}',
        lambda: f"place:{d.value('places').split()[0].lower()} {d.common()}",
        lambda: f'{d.common()} OR place:"{d.value("places")}"',
        lambda: f'author:"{d.value("authors")}"',
        lambda: f'{d.common()} -source:"{d.value("source")}"',
        lambda: f"organisation:{d.value('organisations')}",
    ]
    return {"q": d.choose(makers)()}


def _dates(d: Drawer) -> Question:
    day = d.day()
    period = d.choose((day, day[:7]))
    return {"q": f"{d.common()} {d.choose(('after', 'before'))}:{period}"}


def _phrase(d: Drawer) -> Question:
    form = d.choose(('"{}"', '"{}"', '"{}" ' + d.common(), d.common() + ' OR "{}"'))
    return {"q": form, "phrases": [d.phrase(d.choose((2, 2, 3, 3, 4, 6)))]}


def _sloppy(d: Drawer) -> Question:
    slop = d.choose((1, 2, 5, 20))
    if d.number(0, 1):
        return {"q": f'"{d.common()} {d.common()}"~{slop}'}
    return {"q": f'"{{}}"~{slop}', "phrases": [[*d.phrase(d.choose((3, 4))), d.number(0, 9)]]}


def _together(d: Drawer) -> Question:
    typed = d.choose(
        (d.words(2), d.word(), d.common(), f"{d.choose(_FUNCTION_WORDS)} {d.common()}")
    )
    return {"q": typed, **d.filters()}


KINDS: Mapping[str, Callable[[Drawer], Question]] = {
    "one word": lambda d: {"q": d.word()},
    "two words": lambda d: {"q": d.words(2)},
    "three words": lambda d: {"q": d.words(3)},
    "many words": lambda d: {"q": d.words(d.number(_MIDDLE, _LONG)), "sort": "relevance"},
    "rare words": lambda d: {"q": f"{d.word()} {d.word()}", "sort": "relevance"},
    "function words": lambda d: {"q": f"{d.choose(_FUNCTION_WORDS)} {d.word()} {d.common()}"},
    "all words": lambda d: {"q": d.words(2), "match": "all", "sort": "relevance"},
    "some words": lambda d: {"q": d.words(3), "match": "some", "sort": "relevance"},
    "phrase": _phrase,
    "sloppy phrase": _sloppy,
    "boolean": _boolean,
    "prefix": _prefix,
    "fuzzy": _fuzzy,
    "fields": _fields,
    "dates": _dates,
    "in the title": lambda d: {"q": d.words(d.number(1, 2)), "search_in": "title"},
    "in the summary": lambda d: {"q": d.words(d.number(1, 2)), "search_in": "summary"},
    "filtered words": _together,
    "filters alone": lambda d: {"q": "", **d.filters()},
}
SHARES: Mapping[str, int] = {
    "one word": 80,
    "two words": 80,
    "three words": 60,
    "many words": 40,
    "rare words": 40,
    "function words": 40,
    "all words": 30,
    "some words": 40,
    "phrase": 130,
    "sloppy phrase": 30,
    "boolean": 120,
    "prefix": 60,
    "fuzzy": 60,
    "fields": 60,
    "dates": 30,
    "in the title": 20,
    "in the summary": 20,
    "filtered words": 40,
    "filters alone": 20,
}


def main() -> None:
    """Print the questions, one JSON object a line."""
    from contract.reuters import iter_documents  # noqa: PLC0415  # needs the corpora

    corpora = Path(__file__).resolve().parents[3] / "shared" / "corpora"
    for question in Drawer(list(iter_documents(corpora))).draw():
        sys.stdout.write(json.dumps(question, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    main()

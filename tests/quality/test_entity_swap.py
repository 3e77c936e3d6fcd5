"""The swap test: rules that know kinds go on working when every name is another one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from quality.scoring import read_corpus
from quality.swapping import (
    Article,
    draw_cities,
    draw_countries,
    draw_people,
    draw_peoples,
    draw_platforms,
    judge_swap,
    swap_names,
)

from dateline.documents import CleanArticle, Run, TracedText
from dateline.text.cleaning import clean_article
from indexer.entities import EntityText, open_finder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.corpora

SEED = 1987
TURNS = 62
FLOORS = {"person": 0.92, "city": 0.96, "country": 0.99, "people": 0.96, "platform": 0.97}
VICTIMS = {
    "putin-ally-flees-belarus.txt": {
        "people": ("Yevgeny Prigozhin", "Alexander Lukashenko", "Shoigu", "Vladimir Putin"),
        "cities": ("Moscow", "Rostov", "Minsk"),
        "countries": ("Belarus",),
        "platforms": ("Telegram",),
    },
    "putin-left-moscow.txt": {
        "people": ("Yevgeny Prigozhin", "Joe Biden", "Alexei Navalny", "Vladimir Putin"),
        "cities": ("Moscow",),
        "platforms": ("Twitter",),
    },
    "sochi-meeting.txt": {
        "people": ("Vladimir Putin", "Alexander Lukashenko"),
        "cities": ("Sochi",),
        "peoples": ("Slavs",),
    },
}


def _read_articles(corpora: Path) -> list[Article]:
    articles = []
    for name, victims in VICTIMS.items():
        text = (corpora / "articles" / name).read_text(encoding="utf-8")
        clean = clean_article(TracedText(text, (Run(0, 0, len(text)),)), None)
        assert isinstance(clean, CleanArticle)
        articles.append(Article(clean.text.text, **victims))
    return articles


def _draw(corpora: Path) -> dict[str, list[str]]:
    gold = [read_corpus(corpora / "ner-dev.tar.xz", member) for member in ("testa", "wikigold")]
    return {
        "person": draw_people(gold, 300, SEED),
        "city": draw_cities(300, SEED),
        "country": draw_countries(TURNS, SEED),
        "people": draw_peoples(50, SEED),
        "platform": draw_platforms(30, SEED),
    }


def measure(corpora: Path) -> dict[str, float]:
    drawn = _draw(corpora)
    articles = _read_articles(corpora)
    swaps = [
        swap_names(a, turn * 3 + at, drawn)
        for at, a in enumerate(articles)
        for turn in range(TURNS)
    ]
    found = open_finder().find([EntityText(swap.text, 0, "en") for swap in swaps])
    right: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for swap, entities in zip(swaps, found, strict=True):
        verdicts = judge_swap(swap, entities)
        tried.update(verdicts.keys())
        right.update(kind for kind, is_right in verdicts.items() if is_right)
    return {kind: right[kind] / tried[kind] for kind in tried}


def test_names_of_every_kind_may_be_others(corpora: Path) -> None:
    shares = measure(corpora)
    assert not {kind: share for kind, share in shares.items() if share < FLOORS[kind]}

"""The language of a body, told by the text alone, against what each saved page states of itself.

`cd tests; python -m quality.measure_language CORPORA` prints the figures and each page that
differs. The labels are the pages' own (`lang`, JSON-LD, og:locale), but for outlets whose template
states another language than they write in (`MISSTATED`, read by us).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quality.figures import Figure, share
from quality.scoring_html import read_pages

from dateline.documents import RawArticle
from indexer.language import detect_language, read_tag
from indexer.sources import SourceOptions
from indexer.sources.html_pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = "fundus-parser-fixtures.tar"
_SENTENCE = 120
"""Characters of a passage as short as a sentence."""
SIXTEEN = frozenset("ar de en es fa fr it ja ko nl pl pt ru tr uk zh".split())  # noqa: SIM905 - a line, not sixteen
"""The languages that short texts are told apart by."""
MISSTATED = {
    "Dizindaba": "xh",
    "EyethuNews": "zu",
    "HabariLeo": "sw",
    "HankookIlbo": "ko",
    "Ilanga": "zu",
    "Isolezwe": "zu",
    "IsolezweLesiXhosa": "xh",
    "RestOfWorld": "en",
}
_SAME = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Body:
    """The gold text of a page, whose it is, and the language that the page states."""

    publisher: str
    text: str
    stated: str

    def is_told(self, text: str) -> bool:
        """Whether a part of it is told to be in the language that is stated."""
        found = detect_language(text) or ""
        return _SAME.get(found, found) == self.stated


def read_bodies(corpora: Path) -> list[Body]:
    """The pages that state a language, with text enough to tell one."""
    return list(_iter_bodies(corpora))


def _iter_bodies(corpora: Path) -> Iterator[Body]:
    for page in read_pages(corpora / CORPUS):
        article = read_page(page.content, page.publisher, SourceOptions())
        stated = read_tag(article.metadata.language) if isinstance(article, RawArticle) else None
        stated = MISSTATED.get(page.publisher, stated)
        if stated and detect_language(page.text):
            yield Body(page.publisher, page.text, _SAME.get(stated, stated))


def _passages(body: Body) -> list[str]:
    """Stretches of the length of a sentence, cut between words, the last one left out."""
    flat = " ".join(body.text.split())
    cuts = [flat[at : at + _SENTENCE] for at in range(0, len(flat) - _SENTENCE, _SENTENCE)]
    return [passage for passage in cuts if detect_language(passage)]


def figures(corpora: Path) -> list[Figure]:
    """Bodies in the 16 languages and in all, and passages as short as sentences of the 16."""
    bodies = read_bodies(corpora)
    few = [body for body in bodies if body.stated in SIXTEEN]
    passages = [(body, passage) for body in few for passage in _passages(body)]
    told = sum(body.is_told(passage) for body, passage in passages)
    return [
        share("language", "bodies in 16 languages", _told(few), len(few), reach=0.997),
        share("language", "bodies in every language stated", _told(bodies), len(bodies)),
        share("language", "passages of 120 characters in 16 languages", told, len(passages)),
    ]


def _told(bodies: list[Body]) -> int:
    return sum(body.is_told(body.text) for body in bodies)


def _show_wrong(corpora: Path) -> str:
    wrong = (body for body in read_bodies(corpora) if not body.is_told(body.text))
    return "\n".join(f"{b.publisher}: states {b.stated}, {detect_language(b.text)}" for b in wrong)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    print("\n".join([*map(str, figures(path)), _show_wrong(path)]))  # noqa: T201 - its purpose

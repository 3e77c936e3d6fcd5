"""Whether what was found in a page is an article: doors, lists and errors are told by kind.

A page with a date of publication is never refused for its title or its links.
"""

# ruff: noqa: RUF001  # dashes before an outlet's name

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.documents import Unusable
from dateline.text.lines import count_words
from indexer.pages.aligning import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import ArticleMetadata, RawArticle

_LOCKED = re.compile(r'"isAccessibleForFree"\s*:\s*"?false\b', re.IGNORECASE)
_END = r"(?=\W*(?:[|.!…–—-]|\Z))"
_ERROR = re.compile(
    r"(?:(?:error )?(?:40[0-9]|50[0-9])(?: (?:not found|forbidden|error))?"
    r"|(?:page )?not found|page unavailable"
    r"|access (?:to this page )?(?:has been )?denied|forbidden|just a moment|attention required"
    r"|are you a (?:robot|human)|robot or human|security check|service unavailable|captcha"
    r"|verify(?:ing)? you are human|(?:die )?seite (?:wurde )?nicht gefunden|page introuvable)"
    + _END,
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(?:before you continue.{0,30}|cookie (?:consent|policy|settings|notice)|consent|einwilligung"
    r"|(?:manage )?your (?:privacy|cookies)(?: choices)?|privacy (?:policy|settings|choices)"
    r"|we value your privacy|datenschutz(?:einstellungen|erklärung)?)" + _END,
    re.IGNORECASE,
)
"""Titles that say nothing else: an outlet's name may stand behind them."""
_STUB = 60
"""Words that an article behind a barrier shows at most, to be refused as a stub."""
_FEWEST = 12
_WORD = 5
"""Letters of a word."""
_LINKED = 0.6


def judge(article: RawArticle, lines: Sequence[str], linked: frozenset[str]) -> Unusable | None:
    """Why the lines of a page are no article; None where they may be one.

    `linked` are the texts, folded, of the page's links.
    """
    words = sum(map(_words, lines))
    if words < _STUB and _LOCKED.search(article.body.text):
        return Unusable("paywall", f"behind a barrier; {words} words of it are shown")
    if not article.metadata.published.value:
        title = article.title.text.strip() if article.title else ""
        if refused := _judge_undated(article.metadata, title) or _judge_links(lines, linked):
            return refused
    if words < _FEWEST:
        return Unusable("no_body", f"a page of pictures, sound or links: {words} words of text")
    return None


def _words(line: str) -> int:
    """Words of a line; of a script without blanks, as many as its letters would make in English."""
    return max(count_words(line), sum(map(str.isalpha, line)) // _WORD)


def _judge_undated(metadata: ArticleMetadata, title: str) -> Unusable | None:
    if _ERROR.match(title):
        return Unusable("error_page", f"a server's answer, no article: “{title[:60]}”")
    if _CONSENT.match(title):
        return Unusable("consent", f"a page that asks for consent: “{title[:60]}”")
    if metadata.url and not urlsplit(metadata.url).path.strip("/"):
        return Unusable("index_page", "the front page of a site")
    return None


def _judge_links(lines: Sequence[str], linked: frozenset[str]) -> Unusable | None:
    """Most of it is links: a list of articles."""
    lengths = [(len(folded), folded in linked) for folded in map(fold, lines)]
    whole = sum(length for length, _ in lengths)
    share = sum(length for length, is_link in lengths if is_link) / whole if whole else 0
    if share < _LINKED:
        return None
    return Unusable("index_page", f"a list of links: {share:.0%} of its text")

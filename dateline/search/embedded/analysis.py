"""The two analyzers of the mapping, token for token as Elasticsearch makes them.

The engine itself only parts text at blanks: words are made here, for documents, questions and marks
alike, so an index never depends on what is registered when it is opened.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from mappings import ARTICLES, load_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tantivy import Token

LONGEST = 255
"""Characters of a word; Elasticsearch's tokenizer cuts what is longer into pieces."""
EXACT = ".exact"
"""How the names of fields end that hold words unstemmed."""

Forms = tuple[str, str]
"""A word stemmed, and exact."""

_POSSESSIVE = "'s"
_STEMS_KEPT = _FORMS_KEPT = 50_000
# UAX 29 words in Rust's regex language, as measured (DECISIONS.md): none of 2.02 million tokens of
# news differ from those of Lucene's StandardTokenizer
_RIDING = r"[\p{M}\p{Cf}&&[^\u{200B}]]*"
_KANA = r"\u{30FC}\u{FF70}\u{3031}-\u{3035}\u{309B}\u{309C}\u{30A0}"
_EAST_ASIAN = rf"\p{{Han}}\p{{Hiragana}}\p{{Katakana}}{_KANA}"
_LETTERS = rf"(?:[\p{{L}}\p{{Nl}}&&[^{_EAST_ASIAN}]]{_RIDING})+"
_ALPHABETIC = rf"{_LETTERS}(?:[:·.'’]{_RIDING}{_LETTERS})*"  # noqa: RUF001  # typographic as in news
_DIGITS = rf"(?:\p{{Nd}}{_RIDING})+"
_NUMERIC = rf"{_DIGITS}(?:[.,;'’]{_RIDING}{_DIGITS})*"  # noqa: RUF001  # likewise
_TONE = r"(?:\p{Emoji_Modifier}|\u{FE0F})?"
_PICTURE = rf"\p{{Extended_Pictographic}}{_TONE}"
_EMOJI = (
    r"\p{Regional_Indicator}{2}|[0-9#*]\u{FE0F}?\u{20E3}"
    rf"|{_PICTURE}(?:\u{{200D}}{_PICTURE})*"
)
_MIXED = rf"_*(?:{_ALPHABETIC}|{_NUMERIC})(?:_*(?:{_ALPHABETIC}|{_NUMERIC}))*_*"
WORDS = rf"{_EMOJI}|{_MIXED}|[\p{{Han}}\p{{Hiragana}}]{_RIDING}|[\p{{Katakana}}{_KANA}]+"
"""The pattern that finds words."""

# most news needs no Unicode tables: Latin letters, ASCII signs and printers' quotes and dashes, in
# which the pattern above comes down to this one, four times as fast
_PLAIN_TEXT = re.compile(
    "[\t\n\r -~\u00a0\u00a3\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac]*"
)
_PLAIN_LETTERS = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+"
_PLAIN_PART = f"(?:{_PLAIN_LETTERS}(?:[:.'\u2019]{_PLAIN_LETTERS})*|[0-9]+(?:[.,;'\u2019][0-9]+)*)"
_PLAIN_WORD = re.compile(f"_*{_PLAIN_PART}(?:_*{_PLAIN_PART})*_*")
_TOO_LONG = re.compile(r"\S{256}")

PROBES = (
    "The U.S. and the US, AT&T's C++ at 12:30, 1,000.5 x 3'4; O’Neill's naïve café’s ŒUVRE "  # noqa: RUF001
    "organizations organic international university evenings emergency vying added pasted "
    "running happily ponies caresses generously relational rationally hopefulness sized dying "
    "news skies early only inning exceed succeeded proceeds witnesses committee’s snake_case "  # noqa: RUF001
    "東京タワー ひらがな Straße ÅNGSTRÖM Ελλάδα Москва 🚀 👩‍👩‍👧 🇳🇱 1️⃣ ﬁnance x̌y a\u00adb"
)
"""Words whose tokens tell one version of the chain from another."""


def exact_words(text: str) -> list[str]:
    """The words of a text as `news_exact` makes them: folded, no possessive, not stemmed."""
    return [exact for _, exact in both_forms(text)]


def stemmed_words(text: str) -> list[str]:
    """The words of a text as `news` makes them: folded and stemmed."""
    return [stemmed for stemmed, _ in both_forms(text)]


def both_forms(text: str) -> list[Forms]:
    """The words of a text, each in both forms."""
    if _is_plain(text):
        return [plain_forms(word) for word in _PLAIN_WORD.findall(text)]
    return [(stem(word), shorten_word(word)) for word in _folded_words(text)]


def words_of(field: str, text: str) -> list[str]:
    """The words of a text as the analyzer of this field makes them."""
    return exact_words(text) if field.endswith(EXACT) else stemmed_words(text)


def placed_words(text: str) -> Iterator[tuple[Forms, int, int]]:
    """The words of a text, each in both forms, with start and end in code points."""
    if _is_plain(text):
        for found in _PLAIN_WORD.finditer(text):
            yield plain_forms(found[0]), found.start(), found.end()
        return
    for token in _chain().pre_tokenize(text).tokens:
        for word, start, end in _pieces(token):
            yield (stem(word), shorten_word(word)), start, end


@lru_cache(_FORMS_KEPT)
def plain_forms(word: str) -> Forms:
    """Both forms of one word of plain text."""
    (folded,) = _chain().analyze(word)
    return stem(folded), shorten_word(folded)


@lru_cache(_STEMS_KEPT)
def stem(word: str) -> str:
    """The stem of a folded word: an exception of the mapping, else Snowball's English stem."""
    known = _exceptions().get(word)
    return known if known is not None else _stemmer().analyze(word)[0]


@cache
def fingerprint() -> str:
    """What the chain makes of the probes, in hex: another one cannot read the same index."""
    made = "\n".join([WORDS, *stemmed_words(PROBES), *exact_words(PROBES)])
    return sha256(made.encode()).hexdigest()


def _is_plain(text: str) -> bool:
    return _PLAIN_TEXT.fullmatch(text) is not None and _TOO_LONG.search(text) is None


def _pieces(token: Token) -> Iterator[tuple[str, int, int]]:
    start, end = token.char_offset_from, token.char_offset_to
    if end - start <= LONGEST:
        yield token.text, start, end
        return
    for at in range(0, end - start, LONGEST):
        yield token.text[at : at + LONGEST], start + at, min(start + at + LONGEST, end)


def _folded_words(text: str) -> list[str]:
    words = _chain().analyze(text)
    if len(text) > LONGEST and any(len(word) > LONGEST for word in words):
        return [word[at : at + LONGEST] for word in words for at in range(0, len(word), LONGEST)]
    return words


def shorten_word(word: str) -> str:
    """A folded word without its possessive ending."""
    return word.removesuffix(_POSSESSIVE)


@cache
def _chain() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.regex(WORDS))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


@cache
def _stemmer() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


@cache
def _exceptions() -> Mapping[str, str]:
    """Word to stem, by the mapping's `stemmer_override` rules ("one, other => stem")."""
    analysis: dict[str, Any] = load_mapping(ARTICLES)["settings"]["analysis"]
    stems: dict[str, str] = {}
    for rule in analysis["filter"]["stem_exceptions"]["rules"]:
        words, _, made = rule.partition("=>")
        stems |= dict.fromkeys((word.strip() for word in words.split(",")), made.strip())
    return stems

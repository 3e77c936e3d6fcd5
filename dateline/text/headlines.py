"""Headlines: telling one from the first sentence, and taking off what is not part of it."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.text.folding import folded_words
from dateline.text.greetings import is_greeting
from dateline.text.lines import count_words, ends_sentence, line_key
from dateline.text.sentences import split_sentences
from dateline.text.spans import cut, strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText

TITLE_LENGTH = 80
"""Code points of a title that had to be cut from the first sentence."""

_READ = 2000
_GREETED = 3  # lines, among which a newsletter comes to the point
_LONGEST_HEADLINE = 30
_LONGEST_HEADLINE_LETTERS = 220
_FIRST_APART = re.compile(r"([^\n]+)\n\s*\n(?=\S)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_FEWEST_BELOW = 3
_LONGEST_SENTENCE = 12
_PROSE_WORDS = 8
_PROSE_WITHIN = 20
_TEASED = re.compile(r"[\s.…|–—-]*\b(?i:trends now|trending now|now trending)\W*\Z")
_OUTLET_WORDS = re.compile(
    r"\b(?:News|Times|Post|Daily|Online|Guardian|Herald|Reuters|BBC|CNN|CNBC|NBC|ABC|CBS|NPR|PBS|"
    r"AP|AFP|Fox|Sky|ITV|Journal|Telegraph"
    r"|Tribune|Press|Mail|Express|Independent|Today|TV|Radio|Magazine|Gazette|Chronicle|Observer|"
    r"Standard|Mirror|Globe|Record"
    r"|Echo|Bloomberg|Yahoo|MSN|Week|Weekly|Wire|Media|Network|Zeitung|Presse|Monde|Figaro|"
    r"Spiegel|Welt|Insider|Examiner"
    r"|Dispatch|Bulletin|Courier|Argus|Inquirer|Sun|Star|Economist|Politico|Axios|Wikipedia|Le|El"
    r"|La|Die|Der)\b|\w\.(?:com|co|org|net|uk|de|fr|ru|news|eu|info|io)\b"
)
_OUTLET_SUFFIX = re.compile(
    r"\s+(?P<sign>[|–—-]|::|»|•)\s+(?P<outlet>(?:(?!\s-\s)[^|–—»•]){2,60})\Z"
)
_SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "at",
        "de",
        "la",
        "le",
        "der",
        "die",
        "das",
        "und",
        "&",
        "a",
    ]
)
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\d?\.|m\.|edition\.)?((?:[\w-]+\.)*?[\w-]+)"
    r"(?:\.(?:co|com|org|net|gov|ac|edu))?\.[a-z]{2,}(?:/\S*)?",
    re.IGNORECASE,
)
_OUTLET_LENGTH = 5
_OUTLET_LETTERS = 40
_FEWEST_LEFT = 3


def clean_headline(line: TracedText, source: str | None = None) -> TracedText:
    """The headline's own words: without outlet suffix and without "trends now".

    `source` is the outlet's name or domain: a suffix that says it goes whatever its words are.
    """
    while True:
        end = _end_of_headline(line.text, source)
        if end == len(line.text):
            return line
        line = strip(cut(line, 0, end))


def is_headline(lines: Sequence[TracedText], apart: str = "") -> bool:
    """Is the first line a headline: short, no sentence, with prose below it?

    A short line that is said again right below is one too, and so is a short sentence that alone
    is set apart by a blank line; `apart` is the key of the line that is (see `find_apart`).
    """
    if len(lines) < 2:  # noqa: PLR2004  # a headline stands over something
        return False
    first = lines[0].text
    key = line_key(first)
    if count_words(first) > _LONGEST_HEADLINE or len(first) > _LONGEST_HEADLINE_LETTERS or not key:
        return False
    if is_greeting(first):
        return False
    if line_key(lines[1].text) == key:
        return True
    if key == apart and len(lines) > _FEWEST_BELOW and count_words(first) <= _LONGEST_SENTENCE:
        return len(split_sentences(first, 0)) == 1
    return _looks_like_headline(first) and any(
        _is_prose(line.text) for line in lines[1:_PROSE_WITHIN]
    )


def find_apart(text: str) -> str:
    """The key of the first line if the only blank line of the text stands below it; else ""."""
    text = text.strip()
    found = _FIRST_APART.match(text)
    if found is None or _BLANK_LINE.search(text, found.end()):
        return ""
    return line_key(found[1])


def title_from_body(body: str) -> str:
    """The first sentence that is no greeting, at most 80 code points, cut at a word."""
    sentences = _iter_sentences(body.split("\n", _GREETED)[:_GREETED])
    sentence = next((each for each in sentences if not is_greeting(each)), body.split("\n", 1)[0])
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    words = sentence[: TITLE_LENGTH + 1].rsplit(maxsplit=1)[0]
    return words[:TITLE_LENGTH].rstrip(" ,;:–—-")


def _iter_sentences(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        spans = split_sentences(line[:_READ], 0)
        yield from (line[span.start : span.end] for span in spans)


def _looks_like_headline(text: str) -> bool:
    if text.endswith((",", ";", ":")) or text.startswith(("- ", "* ", "• ")):
        return False
    if text[0] + text[-1] in {"()", "[]"} or not any(sign.isalpha() for sign in text):
        return False
    ended = re.search(r"[.。]\W*\Z", text) and not re.search(
        r"(?:\.\.+|…|[A-Z]\.|\bInc\.|\bCo\.|\bCorp\.|\bLtd\.)\W*\Z", text
    )
    sentences_inside = re.search(r"[a-z]{3}[.!?][\"”’]?\s+[A-Z][a-z]+.*[a-z]{3}\.\W*\Z", text)
    return not ended and not sentences_inside


def _is_prose(text: str) -> bool:
    return (count_words(text) >= _PROSE_WORDS and ends_sentence(text)) or count_words(
        text
    ) > _LONGEST_HEADLINE


def _end_of_headline(text: str, source: str | None) -> int:
    if found := _TEASED.search(text):
        return found.start() or len(text)
    found = _OUTLET_SUFFIX.search(text)
    if found is None:
        return len(text)
    if source and count_words(text[: found.start()]) and _names_source(found["outlet"], source):
        return found.start()
    if count_words(text[: found.start()]) >= _FEWEST_LEFT and _is_outlet(found):
        return found.start()
    return len(text)


def _is_outlet(found: re.Match[str]) -> bool:
    words = found["outlet"].split()
    if len(words) > _OUTLET_LENGTH or len(found["outlet"]) > _OUTLET_LETTERS:
        return False
    if not all(word in _SMALL_WORDS or not word[0].islower() or "." in word for word in words):
        return False
    return found["sign"] in {"|", "::", "»"} or _OUTLET_WORDS.search(found["outlet"]) is not None


def _names_source(outlet: str, source: str) -> bool:
    """Do both name one outlet: "The Harbour Post", "Harbour Post", "www.harbourpost.example"?"""
    return not _outlet_keys(outlet).isdisjoint(_outlet_keys(source))


def _outlet_keys(name: str) -> set[str]:
    """The name run together without "the"; of a domain what stands before its ending.

    "finance.post.example" gives "post", "financepost" and, as titles put it, "postfinance".
    """
    domain = _DOMAIN.fullmatch(name.strip())
    if domain is None:
        return {_without_article("".join(folded_words(name)))} - {""}
    labels = [_without_article("".join(folded_words(label))) for label in domain[1].split(".")]
    return {"".join(labels), "".join(reversed(labels)), labels[-1]} - {""}


def _without_article(key: str) -> str:
    return key.removeprefix("the") or key

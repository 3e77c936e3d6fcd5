"""Sentences of the stored text: where they stand, and which may stand in a summary."""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from dateline.documents import Span
from dateline.text.characters import CAPITALS
from dateline.text.greetings import is_greeting
from dateline.text.lists import find_item_numbers, find_item_start, is_name_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEWEST_WORDS = 5
"""Fewer words are an exclamation, a label or a crosshead ("Why not?", "What happens next?")."""

FEWEST_SMALL, SMALL_SHARE = 4, 0.5
"""So many whole sentences, and half of them with a small letter first: a text without capitals."""

OPENERS = (
    "The|It|He|She|They|We|In|On|But|And|This|That|There|Those|These|An?|If|When|What|You|As|At|For|From"
    "|Our|My|I|Mr|Mrs|Ms|Dr|Also|However|After|Before|While|With|To|Some|Many|Meanwhile|Not|No|So"
)
"""Words that open a sentence and are no names, for a pattern."""

_GREETED = 3
_LONGEST_LINE = 100_000
# Where a sentence may end before the line does: elsewhere the splitter need not be asked.
_INNER_END = re.compile(r"[.?!…](?!\w)")
_TAIL = "\"'“”’»)]* .?!…"
_NOTES = r"(?:\[\d{1,3}\])+"
_NOTE_FIRST = re.compile(rf"{_NOTES}(?:\s+|\Z)")
# The splitter takes some words of all days ("month", "tax", "app") for abbreviations, and knows
# no footnotes. The look behind comes second: a search that begins with a sign is faster.
_MISSED = re.compile(
    rf"[.!?…](?:(?<=[a-z]{{3}}\.)(?<![A-Z][a-z]{{3}}\.)[\"”’]*\s+"
    rf"(?=[\"“‘]?(?:{OPENERS})\b(?!\.\s?\d))"
    rf"|[\"”’]?\s?{_NOTES}\s+(?=[\"“‘(]?[{CAPITALS}])"
    rf"|(?<!…)[\"”]\d{{1,2}}\s+(?=[{CAPITALS}]))"
)
_WORDS = re.compile(rf"(?:[\W_]*+[^\W_]++(?:['’.-][^\W_]++)*+){{{FEWEST_WORDS}}}")
_ENDED = re.compile(
    r"[.!?…。！？।؟۔][\"”’'»“)\]]*(?:\s*\([A-Z]{2,6}\)|\s?(?:\[\d{1,3}\])+|(?<=[\"”])\d{1,2})?\Z"
)
_CUT_SHORT = re.compile(r"(?:\.{3}|…)[\"”’'»)\]]*\Z")
# Who stands where in a photograph.
_CAPTION = re.compile(
    r"\((?:[LRC]|(?:far |second |third |top |bottom |front |back )*(?:left|right|cent(?:re|er)|"
    r"above|below|pictured|pictured (?:above|below|left|right)))\)"
    r"|\b(?:[Ff]ile (?:photo|picture|image)|(?:AP|AFP|EPA|REUTERS|Reuters|Getty) ?(?:Photo|"
    r"Images?)|REUTERS/|Getty Images)\b|\((?:Photo|Image|Picture)\b|\bPictured(?::|\Z)|"
    r"^(?:Pictured|Photo|Image|Caption)\b"
    r"|, (?:(?:far|second|third|top|bottom|front|back|second from|third from) )?(?:left|right),\s"
)
_CAPTION_PARTS = (
    "(",
    "hoto",
    "icture",
    "mage",
    "REUTERS/",
    "Caption",
    "left,",
    "right,",
)  # far faster to look for
_FRAGMENT_START = re.compile(r"[,;:)\]}»”%]|\.{2,}|…")
_SIGN = re.compile(r"[\"“”„«»'’‘()\[\]]")
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"))
# The look behind comes after its sign: a search that begins with a sign is faster.
_SINGLE_OPENING = re.compile(r"['‘](?<![\w'’].)(?=\w)")
_SINGLE_CLOSING = re.compile(r"['’](?<=[\w.,!?…].)(?!\w)")
_ELISION = re.compile(
    r"['’‘](?:(?<!\w.)(?:(?=\d0s\b|(?:em|til|till|cos|bout|[Tt]is|[Tt]was)\b)|n['’‘](?!\w))"
    r"|(?<=\b(?:of|in) .)(?=\d\d\b)"
    r"|(?<=\w ['’])(?=(?:s|d|m|ll|re|ve)\b))"  # words parted as in treebanks: "the mayor 's plan"
)
_QUOTE_OPENS = re.compile(r"['‘](?:(?<=\A.)|(?<=[:,]\s.))(?=\w)")
_QUOTE_CLOSES = re.compile(r"[.,!?…]['’](?!\w)")
_ONLY_QUOTE = re.compile(
    r"\A(?:\"[^\"]*\"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|['‘][^'‘’]*(?:\w['’]\w[^'‘’]*)*['’])\W*\Z"
)
_PLURAL_POSSESSIVE = re.compile(r"['’](?<=s.)(?= )")
_SENTENCE_START = re.compile(r"[\"“‘'«„(\[\s]*(?P<first>.)", re.DOTALL)


def split_sentences(text: str, body_start: int) -> tuple[Span, ...]:
    """The sentences of the body in order, in code points of `text`, without blanks at their ends.

    A sentence never runs across lines; a line without sentence signs is one sentence, the mark of
    a list's item ("•", "2.") is part of none. The splitter is nupunkt (F1 .983 on Brown, notes/nlp
    1.2).
    """
    spans: list[Span] = []
    position = body_start
    lines = text[body_start:].split("\n")
    numbers = find_item_numbers(lines)
    for line in lines:
        start = find_item_start(line, numbers)
        spans.extend(_split_line(line[start:], position + start))
        position += len(line) + 1
    return tuple(spans)


def summarizable(text: str, spans: Sequence[Span], *, truncated: bool) -> tuple[bool, ...]:
    """For each sentence: is it whole and can it be read alone?

    Not a cut-off end, a heading, a caption, a label, a list of names, a greeting, a part of a quote
    that runs over several sentences, or a quote without the words that say whose it is. `truncated`
    says that the last sentence breaks off.
    """
    text = _with_curly_quotes(text)
    sentences = [text[span.start : span.end] for span in spans]
    verdicts = [
        _is_whole(each) and not (number < _GREETED and is_greeting(each))
        for number, each in enumerate(sentences)
    ]
    if not _lacks_capitals(list(compress(sentences, verdicts))):
        verdicts = [
            whole and _starts_whole(each) for whole, each in zip(verdicts, sentences, strict=True)
        ]
    if truncated and verdicts:
        verdicts[-1] = False
    inside = _inside_quotes(text, spans)
    return tuple(whole and not quoted for whole, quoted in zip(verdicts, inside, strict=True))


def _with_curly_quotes(text: str) -> str:
    """Quotes as the Penn Treebank writes them made curly, each sign in its place."""
    return text.replace("``", "“ ").replace("''", " ”") if "``" in text else text


def _lacks_capitals(sentences: Sequence[str]) -> bool:
    """Is the text written in small letters throughout, as transcripts and word lists are?

    Then a small letter at its start says nothing of a sentence. Lines round the article may have
    capitals all the same.
    """
    starts = [match["first"] for match in map(_SENTENCE_START.match, sentences) if match]
    small = sum(start.islower() for start in starts)
    return len(starts) >= FEWEST_SMALL and small >= SMALL_SHARE * len(starts)


def _split_line(line: str, offset: int) -> Iterator[Span]:
    if not line.strip():
        return
    for part in range(0, len(line), _LONGEST_LINE):
        piece = line[part : part + _LONGEST_LINE]
        inner = _INNER_END.search(piece, 0, len(piece.rstrip(_TAIL)))
        starts = _find_starts(piece) if inner else [0]
        for start, end in pairwise([*starts, len(piece)]):
            sentence = piece[start:end]
            left = start + len(sentence) - len(sentence.lstrip())
            right = start + len(sentence.rstrip())
            if left < right:
                yield Span(offset + part + left, offset + part + right)


def _find_starts(piece: str) -> list[int]:
    """The starts that the splitter finds and those it misses; a footnote's mark ends a sentence."""
    from nupunkt import sent_spans  # noqa: PLC0415  # loads a model: only who splits pays

    starts = {0} | {match.end() for match in _MISSED.finditer(piece)}
    for start, _ in sent_spans(piece):
        note = _NOTE_FIRST.match(piece, start) if start else None
        starts.add(note.end() if note else start)
    return sorted(starts)


def _is_whole(sentence: str) -> bool:
    return (
        _ENDED.search(sentence[-16:]) is not None
        and _CUT_SHORT.search(sentence[-8:]) is None
        and _WORDS.match(sentence) is not None
        and _has_small_words(sentence)
        and _is_balanced(sentence)
        and not _is_caption(sentence)
        and not is_name_list(sentence)
        and _ONLY_QUOTE.match(sentence) is None
    )


def _is_caption(sentence: str) -> bool:
    may_be = any(map(sentence.__contains__, _CAPTION_PARTS))
    return may_be and _CAPTION.search(sentence) is not None


def _starts_whole(sentence: str) -> bool:
    """No rest of a sentence: it may begin with a small letter only where a name does ("iPhone")."""
    if _FRAGMENT_START.match(sentence):
        return False
    first = _SENTENCE_START.match(sentence)
    if first is None or not first["first"].islower():
        return True
    word = re.match(r"\w*", sentence[first.start("first") :])
    return word is not None and any(letter.isupper() or letter.isdigit() for letter in word[0])


def _has_small_words(sentence: str) -> bool:
    """Not all in capitals; scripts without capitals pass."""
    if not sentence.isupper():
        return any(map(str.isalpha, sentence))
    return any(sign.isalpha() and not sign.isupper() for sign in sentence)


def _is_balanced(sentence: str) -> bool:
    if not _SIGN.search(sentence):
        return True
    sentence = _ELISION.sub("", sentence)
    if sentence.count('"') % 2 or not _curly_balanced(sentence):
        return False
    if any(sentence.count(opening) != sentence.count(closing) for opening, closing in _PAIRS):
        return False
    opened = len(_SINGLE_OPENING.findall(sentence))
    if not opened and "'" not in sentence and "’" not in sentence:
        return True
    return _singles_balanced(sentence, opened)


def _curly_balanced(sentence: str) -> bool:
    """German closes („…“) with the sign that English opens (“…”)."""
    closed = sentence.count("”")
    if low := sentence.count("„"):
        return low == sentence.count("“") + closed
    return sentence.count("“") == closed


def _singles_balanced(sentence: str, opened: int) -> bool:
    """Single quotes: a closing one may be an apostrophe ("the ministers' plan"), no opening one.

    An elision that `_ELISION` does not know looks like an opening quote and costs the sentence its
    chance: a summary loses less by that than by a torn quote.
    """
    closed = len(_SINGLE_CLOSING.findall(sentence))
    possessives = len(_PLURAL_POSSESSIVE.findall(sentence))
    return closed - possessives <= opened <= closed


def _inside_quotes(text: str, spans: Sequence[Span]) -> list[bool]:
    """For each sentence: does it stand in a quote that began in an earlier sentence of its line?

    `He said: "One. Two. Three."` gives three sentences; the second is balanced by itself, yet a
    reader could not tell who speaks.
    """
    verdicts: list[bool] = []
    inside = False
    line_end = -1
    for span in spans:
        if span.start > line_end:
            inside = False
            line_end = text.find("\n", span.start) % (len(text) + 1)
        verdicts.append(inside)
        inside = _open_after(text[span.start : span.end], inside=inside)
    return verdicts


def _open_after(sentence: str, *, inside: bool) -> bool:
    """Is a quote open behind the sentence? A quote sign at its start always opens."""
    if not _SIGN.search(sentence):
        return inside
    sentence = _ELISION.sub("", sentence)
    inside = inside and sentence[0] not in "\"“„«'‘"
    if sentence.count('"') % 2:
        return not inside
    curly = sentence.count("“") - sentence.count("”")
    if curly and "„" not in sentence:
        return curly > 0
    opens = _QUOTE_OPENS.search(sentence)
    if opens:
        return _QUOTE_CLOSES.search(sentence, opens.end()) is None
    return inside and _QUOTE_CLOSES.search(sentence) is None

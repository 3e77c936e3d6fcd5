"""What counts as a word, sign by sign."""

from __future__ import annotations

import re
import unicodedata

from dateline.errors import QuerySyntaxError
from dateline.search.quotes import DOUBLE_QUOTES
from dateline.text.function_words import FUNCTION_WORDS

_QUOTE = re.compile(f"[{DOUBLE_QUOTES}]")
_JOINERS = "\u200c\u200d"
# from Arabic to the Indic scripts joiners shape words, and stored text keeps them there
_JOINING = range(0x0600, 0x2000)


def is_function_word(word: str) -> bool:
    """Whether this word, in any case and without signs around it, is one of the 33."""
    return word.casefold() in FUNCTION_WORDS


def is_word_sign(sign: str) -> bool:
    """Whether the engine's tokenizer makes words of this sign: a letter, or a decimal digit."""
    category = unicodedata.category(sign)
    return category[0] == "L" or category in ("Nd", "Nl")


def count_letters(text: str) -> int:
    """Letters and digits in the text."""
    return sum(map(is_word_sign, text))


def is_punctuation(text: str) -> bool:
    """Whether nothing but punctuation stands here; symbols such as emoji are more than that."""
    return all(unicodedata.category(sign)[0] == "P" for sign in text)


def word_core(text: str) -> str:
    """The word without signs around it, in small letters: two words with one core are one word."""
    inner = [at for at, sign in enumerate(text) if is_word_sign(sign)]
    return text[inner[0] : inner[-1] + 1].casefold() if inner else ""


def tidy(text: str) -> str:
    """The text composed (NFC), without double quotes, with single blanks."""
    return " ".join(_QUOTE.sub(" ", unicodedata.normalize("NFC", text)).split())


def seen_signs(text: str) -> list[tuple[int, str]]:
    """Place and sign of all that can be seen, as stored text writes it (no dotted capital I).

    Raises QuerySyntaxError for a control character; tabs and line ends are blanks.
    """
    seen: list[tuple[int, str]] = []
    for at, sign in enumerate(text):
        category = unicodedata.category(sign)
        if category == "Cs" or (category == "Cc" and sign not in "\t\n\r"):
            raise QuerySyntaxError(
                f"the query holds a control character: U+{ord(sign):04X}",
                hint="remove it, or type the query again by hand",
                position=at,
            )
        shaping = sign in _JOINERS and bool(seen) and ord(seen[-1][1]) in _JOINING
        if category not in ("Cf", "Co") or shaping:
            seen.append((at, "I" if sign == "İ" else sign))
    return seen

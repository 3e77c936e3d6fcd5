"""Where the user's words stand in stored text."""

from __future__ import annotations

import pytest

from dateline.search.embedded.hits import make_markers
from dateline.search.embedded.marking import is_within
from dateline.search.parsing import parse_query
from dateline.search.queries import SearchQuery


def marks(q: str, text: str) -> list[str]:
    (marker,) = make_markers(SearchQuery(parsed=parse_query(q))).values()
    return [text[span.start : span.end] for span in marker.find_spans(text)]


@pytest.mark.parametrize(
    ("q", "text", "found"),
    [
        ("sail", "Sails, sailing; a sail. Sailor", ["Sails", "sailing", "sail"]),
        ('"a b"', "a b c b a b", ["a b", "a b"]),
        ('"a b" b', "a b c b", ["a b", "b"]),
        ('"x y" "y z" x', "x y z; x", ["x y z", "x"]),
        ('"a b c"~2', "a x b y c; c b a", ["a x b y c"]),
        ('"a b c"~4', "c b a", ["c b a"]),
        ('"a b a"~1', "a b x a; a b", ["a b x a; a"]),  # so does Lucene
        ('"a b"~1', "a x b; b a; a x x b", ["a x b"]),
        ('"a b"~2', "b a c", ["b a"]),
        ('"to be or not to be"', "to be or not to be or not", ["to be or not to be"]),
        ("roc*", "Rock rope Roć", ["Rock", "Roć"]),
        ("rokc~", "Rock rack rook, rope", ["Rock"]),
        ("u.s./sail", "sail u.s. rope", ["sail", "u.s"]),
        ("u.s./sail", "sail rope", []),
        ("-rope sail", "sail rope", ["sail"]),
    ],
)
def test_marks(q: str, text: str, found: list[str]) -> None:
    assert marks(q, text) == found


@pytest.mark.parametrize(
    ("one", "other", "edits", "within"),
    [
        ("rope", "rope", 1, True),
        ("rope", "rop", 1, True),
        ("rope", "ropes", 1, True),
        ("rope", "rape", 1, True),
        ("rope", "orpe", 1, True),
        ("rope", "orep", 1, False),
        ("rope", "orep", 2, True),
        ("ca", "abc", 2, False),
        ("", "ab", 2, True),
        ("", "abc", 2, False),
    ],
)
def test_edits_are_counted(one: str, other: str, edits: int, within: bool) -> None:
    assert is_within(one, other, edits) is is_within(other, one, edits) is within

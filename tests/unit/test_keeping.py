from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import Run, Span
from dateline.text.cleaning import clean_article
from dateline.text.keeping import Piece, cut_original
from dateline.text.spans import replace, trace

WORDS = st.lists(st.sampled_from(["Rain fell.", "Also read: more", "  ", "", "Ça va", "a\u00adb"]))


def test_an_original_of_which_nothing_was_kept_is_one_piece() -> None:
    assert cut_original(5, ()) == [Piece(Span(0, 5))]


def test_an_empty_original_has_no_pieces() -> None:
    assert cut_original(0, ()) == []


def test_what_lies_before_between_and_behind_is_left_out() -> None:
    pieces = cut_original(20, [Run(0, 2, 4), Run(6, 10, 3)])
    assert [piece.original for piece in pieces] == [
        Span(0, 2),
        Span(2, 6),
        Span(6, 10),
        Span(10, 13),
        Span(13, 20),
    ]
    assert [piece.kept for piece in pieces] == [None, Span(0, 4), None, Span(6, 9), None]


def test_the_order_is_the_originals_however_the_text_was_put_together() -> None:
    pieces = cut_original(8, [Run(0, 4, 4), Run(6, 0, 4)])
    assert [(piece.original.start, piece.kept) for piece in pieces] == [
        (0, Span(6, 10)),
        (4, Span(0, 4)),
    ]


def test_a_repair_leads_whole_to_whole() -> None:
    (piece,) = cut_original(6, replace(trace("a\u00c3\u00a9bcd"), [(0, 6, "aébcd")]).runs)
    assert (piece.original, piece.kept, piece.repaired) == (Span(0, 6), Span(0, 5), True)


def test_two_halves_of_a_repair_are_one_piece() -> None:
    (piece,) = cut_original(4, [Run(0, 0, 2, 4), Run(9, 0, 2, 4)])
    assert (piece.original, piece.kept) == (Span(0, 4), Span(0, 11))


@given(lines=WORDS)
def test_the_pieces_of_a_cleaned_text_put_together_are_the_original(lines: list[str]) -> None:
    text = "\n".join(lines)
    cleaned = clean_article(trace(text), None)
    runs = getattr(getattr(cleaned, "text", None), "runs", ())
    pieces = cut_original(len(text), runs)
    assert "".join(text[piece.original.start : piece.original.end] for piece in pieces) == text
    kept = "".join(
        cleaned.text.text[piece.kept.start : piece.kept.end]  # type: ignore[union-attr]
        for piece in pieces
        if piece.kept and not piece.repaired
    )
    copied = "".join(
        text[piece.original.start : piece.original.end]
        for piece in pieces
        if piece.kept and not piece.repaired
    )
    assert kept == copied

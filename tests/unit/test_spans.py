from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import Run, Span, TracedText
from dateline.text.spans import cut, join, original_span, replace, strip, trace, untraced

TEXTS = st.text(alphabet="ab \n“é", max_size=40)


@st.composite
def _replaced(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(TEXTS)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return text, [(start, end, draw(st.text("xyz", max_size=3))) for start, end in pairs]


def _by_hand(text: str, replacements: list[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(replacements):
        text = text[:start] + new + text[end:]
    return text


def _assert_sound(traced: TracedText, original: str) -> None:
    assert [run.start for run in traced.runs] == sorted(run.start for run in traced.runs)
    for run in traced.runs:
        assert run.length > 0
        assert run.start + run.length <= len(traced.text)
        if run.original_length is None:
            copied = original[run.original_start : run.original_start + run.length]
            assert traced.text[run.start : run.start + run.length] == copied


@given(_replaced())
def test_replacing_gives_the_text_and_every_copy_equals_its_original(
    case: tuple[str, list[tuple[int, int, str]]],
) -> None:
    text, replacements = case
    traced = replace(trace(text), replacements)
    assert traced.text == _by_hand(text, replacements)
    _assert_sound(traced, text)


@given(_replaced(), st.integers(0, 45), st.integers(0, 45))
def test_a_cut_of_a_mended_text_is_its_slice_and_stays_sound(
    case: tuple[str, list[tuple[int, int, str]]], start: int, end: int
) -> None:
    text, replacements = case
    mended = replace(trace(text), replacements)
    piece = cut(mended, start, max(start, end))
    assert piece.text == mended.text[start : max(start, end)]
    _assert_sound(piece, text)


@given(TEXTS)
def test_cutting_a_text_to_pieces_and_joining_them_restores_it_with_one_run(text: str) -> None:
    pieces = [cut(trace(text), at, at + 1) for at in range(len(text))]
    assert join(pieces, "") == trace(text)


@given(TEXTS)
def test_joined_lines_map_to_their_own_places(text: str) -> None:
    traced = trace(text)
    half = len(text) // 2
    joined = join([cut(traced, half, len(text)), cut(traced, 0, half)], "\n\n")
    assert joined.text == text[half:] + "\n\n" + text[:half]
    _assert_sound(joined, text)


@given(TEXTS)
def test_strip_leaves_what_str_strip_leaves(text: str) -> None:
    stripped = strip(trace(text))
    assert stripped.text == text.strip()
    _assert_sound(stripped, text)


def test_a_repair_maps_whole_to_whole_even_when_half_is_asked() -> None:
    traced = replace(trace("caf&eacute;s open"), [(3, 11, "é")])
    assert traced.text == "cafés open"
    assert original_span(traced.runs, Span(0, 5)) == Span(0, 12)
    assert original_span(traced.runs, Span(3, 4)) == Span(3, 11)


def test_text_made_by_us_stands_nowhere() -> None:
    joined = join([trace("ab"), untraced("!"), trace("cd", 10)], "\n")
    assert original_span(joined.runs, Span(2, 5)) is None
    assert original_span(joined.runs, Span(0, 7)) == Span(0, 12)


def test_an_insertion_has_no_run_and_a_deletion_leaves_two_copies() -> None:
    assert replace(trace("ab"), [(1, 1, "-")]).runs == (Run(0, 0, 1), Run(2, 1, 1))
    assert replace(trace("abc"), [(1, 2, "")]).runs == (Run(0, 0, 1), Run(1, 2, 1))


def test_an_empty_text_has_no_runs() -> None:
    assert trace("").runs == ()
    assert strip(trace("   ")) == TracedText("", ())

"""The text of a page knows its place in the source, whatever the source is."""

# ruff: noqa: E501, RUF001  # HTML is as long as it is, and quotes are as papers print them

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import Run
from indexer.pages.scanning import iter_tags, read_attributes, read_text
from indexer.pages.slimming import Slimmed, slim

PIECES = st.lists(
    st.sampled_from([
        *("<p>", "</p>", "<p class=a>", '<a href="x>y">', "<br/>", "<", ">", "&", "&amp;", "&#8217;"),
        *("&nbsp", "&eacute;", "<!--", "-->", "<!-- x -->", "<script>", "</script>", "<style>", "a b"),
        *("</style >", "<textarea>", "</textarea>", "<title>", "</title>", "<!x>", "<?y>", '"', "'"),
        *("=", "é😀", "\n", "\x00", "<b", "</", "<template>", "</template>", "<img src='", "&#x41;"),
    ]),
    max_size=30,
)  # fmt: skip


@given(PIECES)
def test_every_copied_run_is_the_source_at_its_place(pieces: list[str]) -> None:
    source = "".join(pieces)
    text = read_text(source)
    position = 0
    for run in text.runs:
        assert run.start == position
        position += run.length
        if run.original_length is None:
            there = source[run.original_start : run.original_start + run.length]
            assert there == text.text[run.start : run.start + run.length]
        else:
            assert source[run.original_start] == "&"
    assert position == len(text.text)


@given(PIECES)
def test_places_of_runs_never_go_back(pieces: list[str]) -> None:
    ends = [
        (run.original_start, run.original_start + (run.original_length or run.length))
        for run in read_text("".join(pieces)).runs
    ]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))


def test_a_character_reference_maps_whole_to_whole() -> None:
    text = read_text("a&amp;b&rsquo;")
    assert text.text == "a&b’"
    assert text.runs == (Run(0, 0, 1), Run(1, 1, 1, 5), Run(2, 6, 1), Run(3, 7, 1, 7))


def test_what_scripts_styles_templates_and_comments_hold_is_no_text() -> None:
    source = (
        "a<script>if (x < 2) { y('</p>') }</script>b<style>p { }</style>c<template><p>x</template>"
        "d<!-- <p>x</p> -->e<!-->f<SCRIPT src=x></SCRIPT >g"
    )
    assert read_text(source).text == "abcdefg"


def test_a_sign_in_a_value_ends_no_tag() -> None:
    source = """<a title="1 > 0" href='/x?a=1&amp;b=2'>text</a>"""
    first = next(iter_tags(source))
    places = read_attributes(source, first)
    assert {name: source[slice(*place)] for name, place in places.items()} == {
        "title": "1 > 0",
        "href": "/x?a=1&amp;b=2",
    }
    assert read_text(source).text == "text"


@given(PIECES)
def test_a_slimmed_page_keeps_the_text_and_its_places(pieces: list[str]) -> None:
    source = "".join(pieces)
    slimmed = slim(source)
    assert isinstance(slimmed, Slimmed)
    assert slimmed.text == read_text(source)


def test_hostile_sources_take_linear_time() -> None:
    began = time.monotonic()
    for piece in ('<a "', "<!--", "<script>", '="', "<", "&amp", "<title>", "<a x='", "<a/"):
        source = f"<p>text{piece * (400_000 // len(piece))}"
        read_text(source)
        slim(source)
    assert time.monotonic() - began < 60


def test_long_attributes_are_cut_down_to_names() -> None:
    long = "x" * 5000
    slimmed = slim(f'<p class="lead" data-props="{long}" id=first>text</p><!-- {long} -->')
    assert isinstance(slimmed, Slimmed)
    assert slimmed.source == '<p class="lead" id="first">text</p>'

"""What a page states of its article is read, and what it does not state is absent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from unit.written_pages import ARTICLE, TITLE, write_page

from dateline.documents import ArticleMetadata, PublicationDate
from indexer.pages.authors import read_authors
from indexer.pages.describing import choose_node, describe
from indexer.pages.stating import read_statements
from indexer.pages.titles import choose_title


def read(source: str, given: str | None = None) -> ArticleMetadata:
    found = read_statements(source)
    return describe(found, choose_node(found), UTC, given)


def title_of(source: str) -> str | None:
    found = read_statements(source)
    title = choose_title(found, choose_node(found))
    return " ".join(title.text.split()) if title else None


def meta(**named: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in named.items()
    )


def test_json_ld_is_read_whole() -> None:
    link = '<link rel="canonical" href="https://post.example/islands/ferry">'
    assert read(write_page(head=link)) == ArticleMetadata(
        url="https://post.example/islands/ferry",
        source="The Harbour Post",
        authors=("Ann Lee", "Bo Ek"),
        section="Islands",
        tags=("ferries", "council"),
        image_url="https://post.example/ferry.jpg",
        description="The ferry was late again, and the town thinks of buying one.",
        language="en-GB",
        published=PublicationDate(
            datetime(2024, 2, 29, 8, 30, 10, tzinfo=UTC), "second", "metadata"
        ),
        modified_at=datetime(2024, 3, 1, 8, tzinfo=UTC),
    )


def test_meta_tags_speak_where_there_is_no_json_ld() -> None:
    head = meta(
        og__url="https://post.example/ferry",
        og__site_name="The Post",
        og__description="Late &amp; half empty.",
        og__image="/ferry.jpg",
        article__published_time="2024-02-29T09:30",
        article__section="Islands",
        article__tag="ferries",
        author="By Ann Lee and Bo Ek",
    )
    found = read(write_page(node={}, head=head))
    assert (found.url, found.source) == ("https://post.example/ferry", "The Post")
    assert (found.section, found.tags) == ("Islands", ("ferries",))
    assert found.image_url == "https://post.example/ferry.jpg"
    assert found.description == "Late & half empty."
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert found.published.precision == "minute"
    assert found.language == "en"


def test_a_page_that_states_nothing_has_no_metadata() -> None:
    text = "<p>Updated on 3 March 2021 by Ann Lee</p><time>4 May 2020</time>"
    assert read(f"<html><body>{text}</body></html>") == ArticleMetadata()


def test_the_given_source_counts_where_the_page_names_none() -> None:
    assert read(write_page(), "Post").source == "The Harbour Post"
    link = '<link rel="canonical" href="https://www.post.example/ferry">'
    assert read(write_page(node={}, head=link), "Post").source == "Post"
    assert read(write_page(node={}, head=link)).source == "post.example"


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        ('<time itemprop="datePublished" datetime="2024-02-29T09:30+0100">', True),
        ('<time datetime="2024-02-29" pubdate>', True),
        ('<meta itemprop="datePublished" content="2024-02-29">', True),
        ('<time class="entry-date published" datetime="2024-02-29T09:30Z">', True),
        ('<time class="card" datetime="2024-02-29T09:30Z">', False),
        (meta(article__published_time="03/04/2021"), False),
        (meta(article__published_time="soon"), False),
    ],
)
def test_a_date_counts_only_where_it_says_to_be_the_publication(stated: str, known: bool) -> None:
    assert (read(write_page(node={}, above=stated)).published.value is not None) is known


def test_a_time_without_zone_is_read_in_the_given_one() -> None:
    found = read_statements(
        write_page(node={}, head=meta(article__published_time="2024-02-29T09:30"))
    )
    read_there = describe(found, {}, timezone(timedelta(hours=9)), None)
    assert read_there.published.value == datetime(2024, 2, 29, 0, 30, tzinfo=UTC)


def test_the_articles_own_node_is_told_by_address_and_headline() -> None:
    other = {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2020-01-01"}
    own = {**ARTICLE, "url": "https://post.example/ferry"}
    link = '<link rel="canonical" href="https://post.example/ferry">'
    found = read(write_page(node={"@graph": [other, other, own]}, head=link))
    assert found.published.value == datetime(2024, 2, 29, 8, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize("script", ["{", "[" * 50_000, '"x"', "null", '{"@type": 5}', "[[[{}]]]"])
def test_broken_json_ld_says_nothing(script: str) -> None:
    page = f'<script type="application/ld+json">{script}</script>{write_page()}'
    assert read(page).authors == ("Ann Lee", "Bo Ek")


@pytest.mark.parametrize(
    "node",
    [
        {"@type": ["NewsArticle"], "author": 5, "datePublished": {}, "image": [], "keywords": 7},
        {"@type": "NewsArticle", "author": [None, {"name": []}], "headline": {"@value": "x"}},
        {"@type": "NewsArticle", "publisher": [], "url": ["x"], "inLanguage": [{}], "image": 1},
        {"@type": "NewsArticle", "mainEntityOfPage": True, "articleSection": [1], "author": {}},
    ],
)
def test_values_of_wrong_kinds_say_nothing(node: dict[str, Any]) -> None:
    found = read(write_page(node=node))
    assert (found.authors, found.published, found.tags) == ((), PublicationDate(), ())


def test_an_address_must_name_a_page() -> None:
    for address in ("https://post.example/", "/ferry", "ftp://post.example/x", "http://[bad"):
        assert read(f'<link rel="canonical" href="{address}">').url is None


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        (["By Ann Lee"], ("Ann Lee",)),
        (["Ann Lee, Bo Ek & Cy Fox"], ("Ann Lee", "Bo Ek", "Cy Fox")),
        (["Ann Lee | Political Editor"], ("Ann Lee",)),
        (["https://post.example/ann", "ann@post.example", "Ann Lee"], ("Ann Lee",)),
        (["Ann Lee", "ann lee", "Ann Lee"], ("Ann Lee", "ann lee")),
        (["By ", "", "3 min read"], ()),
        (["The Harbour Post"], ("The Harbour Post",)),
        (["Jos&eacute; Sand"], ("José Sand",)),
    ],
)
def test_authors_are_names(stated: list[str], names: tuple[str, ...]) -> None:
    assert read_authors(stated) == names


def test_bylines_that_are_marked_name_authors() -> None:
    byline = '<p>By <a rel="author" href="/ann"><span>Ann</span> Lee</a></p>'
    far = "<p>x</p>" * 1000 + '<a rel="author">Somebody Else</a>'
    assert read(write_page(node={}, above=byline, below=far)).authors == ("Ann Lee",)


def test_the_headline_is_the_h1_that_the_page_agrees_with() -> None:
    logo = "<h1><a href='/'>The Harbour Post</a></h1>"
    assert title_of(write_page().replace("<main>", f"{logo}<main>")) == TITLE
    assert title_of(write_page(node={})) == TITLE
    assert title_of(f"<title>{TITLE}</title><h1>Sections</h1>") == TITLE
    assert title_of(f"<h1>{TITLE}</h1>") == TITLE
    assert title_of("<p>Nothing</p>") is None


def test_a_stated_title_goes_without_its_outlet_where_no_h1_says_it() -> None:
    node = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}'
    assert title_of(f"<title>{TITLE} | Islands Post</title>{node}</script>") == TITLE
    assert title_of("<title>Rain - The Daily Post of the Islands</title><h1>Rain</h1>") == "Rain"


@pytest.mark.parametrize(
    "stated",
    [
        "Live: Storm closes the northern passes for a third day",
        "Live: Storm closes port",
        "Live | Storm closes the northern passes for a third day",
    ],
)
def test_an_h1_that_is_a_kicker_alone_is_no_title(stated: str) -> None:
    assert title_of(f"<title>{stated}</title><h1>Live</h1>") == stated


def test_a_headline_under_its_kicker_is_read_with_the_colon_that_the_page_states() -> None:
    page = (
        "<title>Ferry inquiry: Two resign at once</title><h1>Ferry inquiry\nTwo resign at once</h1>"
    )
    assert title_of(page) == "Ferry inquiry: Two resign at once"


def test_a_headline_knows_its_place() -> None:
    source = "<h1>Ferry &amp; <em>crew</em></h1>"
    title = choose_title(read_statements(source), {})
    assert title is not None
    assert title.text == "Ferry & crew"
    for run in title.runs:
        there = source[
            run.original_start : run.original_start + (run.original_length or run.length)
        ]
        assert there == ("&amp;" if run.original_length else title.text[run.start :][: run.length])

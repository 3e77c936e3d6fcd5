from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dateline.documents import ArticleMetadata, RawArticle
from dateline.text.spans import trace
from indexer.identity import canonical_url, find_id, find_refused_id, find_revision, hash_content

ARTICLE = RawArticle("a.txt", b"It rained.", trace("It rained."))


def with_metadata(**values: str) -> RawArticle:
    return replace(ARTICLE, metadata=ArticleMetadata(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.News.example/a/b?x=1&y=2",
        "http://news.example/a/b/?y=2&x=1",
        "http://news.example:80/a/b?x=1&y=2#top",
        "https://news.example:443/a/b?utm_source=feed&x=1&fbclid=3&y=2&gclid=4&UTM_Medium=z",
    ],
)
def test_all_addresses_of_a_page_are_one(url: str) -> None:
    assert canonical_url(url) == "news.example/a/b?x=1&y=2"


@pytest.mark.parametrize(
    "url",
    [None, "", "news.example/a", "ftp://a.example/", "http://", "http://[::1", "http://a:b:c/"],
)
def test_what_is_no_web_address_has_no_canonical_form(url: str | None) -> None:
    assert canonical_url(url) is None


def test_other_ports_and_paths_are_other_pages() -> None:
    urls = ["https://a.example/x", "https://a.example:8080/x", "https://a.example/X"]
    assert len({canonical_url(url) for url in urls}) == 3


def test_a_given_id_stands_behind_its_source() -> None:
    assert find_id(with_metadata(given_id="17", source="post.example")) == "post.example:17"
    assert find_id(with_metadata(given_id="17", source="The Harbour Post")) == "The-Harbour-Post:17"
    assert find_id(with_metadata(given_id="17")) == "17"


def test_an_unfit_id_gives_way_to_the_address() -> None:
    url = "https://news.example/a"
    for unfit in ("a b", "a/b", "x" * 101, "é"):
        assert find_id(with_metadata(given_id=unfit, url=url)) == find_id(with_metadata(url=url))


def test_without_id_and_address_the_bytes_and_the_source_decide() -> None:
    assert find_id(ARTICLE) == find_id(replace(ARTICLE, location="elsewhere.txt"))
    assert len(find_id(ARTICLE)) == 32
    assert find_id(ARTICLE) != find_id(with_metadata(source="a"))
    assert find_id(ARTICLE) != find_id(replace(ARTICLE, original=b"It snowed."))


def test_two_empty_files_are_refused_under_two_ids() -> None:
    assert find_refused_id("a.txt", b"") != find_refused_id("b.txt", b"")


def test_the_content_hash_knows_bytes_and_options() -> None:
    assert hash_content(b"a", {}) == hash_content(b"a", {})
    assert (
        len({hash_content(b"a", {}), hash_content(b"b", {}), hash_content(b"a", {"a": "x"})}) == 3
    )


def test_the_revision_is_the_articles_own_time_and_then_the_pipeline() -> None:
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)
    plain, changed = ArticleMetadata(), ArticleMetadata(modified_at=late)
    assert find_revision(plain, None, 7) == 7
    assert find_revision(plain, early, 9_999) < find_revision(plain, late, 1)
    assert find_revision(changed, early, 1) == find_revision(plain, late, 1)
    assert find_revision(plain, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 9_999) < 2**53
    assert find_revision(plain, datetime(1, 1, 1, 0, 0, 1, tzinfo=UTC), 0) == 10_000

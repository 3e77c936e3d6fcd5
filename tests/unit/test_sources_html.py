"""Pages as input: files, folders that browsers save, archives, standard input, encodings."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import zstandard
from unit.test_pipeline import Finder
from unit.written_pages import READ, TITLE, write_page

from dateline.documents import RawArticle, Span
from dateline.text.spans import original_span
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Made, Rules, make_batch
from indexer.sources import Refusal, SourceOptions, Tally, iter_articles, iter_input, total_size
from indexer.sources.again import read_again
from indexer.sources.html_pages import read_page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = write_page()
NOW = datetime(2024, 3, 1, tzinfo=UTC)


def make(article: RawArticle, most: int = 100_000) -> Made:
    identity = Identity(find_id(article), hash_content(article.original, {}), "1", NOW)
    return make_batch([Job(article, identity)], Rules(most), Finder())[0]


def read_one(content: bytes) -> RawArticle:
    (article,) = iter_input(io.BytesIO(content), SourceOptions())
    assert isinstance(article, RawArticle)
    assert article.media_type == "text/html"
    return article


def texts(paths: list[Path], tally: Tally | None = None) -> list[str]:
    articles = list(iter_articles(paths, SourceOptions(), tally))
    assert all(isinstance(article, RawArticle) for article in articles)
    return [article.location.rpartition("/")[2] for article in articles]


def test_a_page_becomes_a_document_with_what_it_states() -> None:
    made = make(read_one(PAGE.encode()))
    document = made.document
    assert document is not None
    assert (document.title, document.title_source) == (TITLE, "metadata")
    assert document.text == "\n".join([f"{TITLE}\n", *READ])
    assert document.authors == ("Ann Lee", "Bo Ek")
    assert document.published_at == datetime(2024, 2, 29, 8, 30, 10, tzinfo=UTC)
    assert document.source == "The Harbour Post"


def test_every_sentence_is_found_again_in_the_source_of_the_page() -> None:
    made = make(read_one(PAGE.encode()))
    assert made.document is not None
    source = made.original.content.decode(made.original.encoding, "replace")
    for sentence in made.document.sentences:
        place = original_span(made.original.span_map, Span(sentence.start, sentence.end))
        assert place is not None
        there = source[place.start : place.end].replace("&eacute;", "é").replace("&amp;", "&")
        assert there == made.document.text[sentence.start : sentence.end]


def test_pages_are_read_packed_or_not(tmp_path: Path) -> None:
    for name, content in {
        "a.html": PAGE.encode(),
        "b.HTM": PAGE.encode(),
        "c.html.gz": gzip.compress(PAGE.encode()),
        "d.html.xz": lzma.compress(PAGE.encode()),
        "e.htm.zst": zstandard.compress(PAGE.encode()),
    }.items():
        (tmp_path / name).write_bytes(content)
    assert len(texts([tmp_path])) == 5


def test_the_folder_of_parts_beside_a_page_is_left_aside_and_counted(tmp_path: Path) -> None:
    (tmp_path / "Ferry.html").write_text(PAGE)
    (tmp_path / "Other.htm").write_text(PAGE)
    for parts in ("Ferry_files", "Other-Dateien", "Pier_files"):
        (tmp_path / parts / "frames").mkdir(parents=True)
        (tmp_path / parts / "advert.html").write_text(PAGE)
        (tmp_path / parts / "frames" / "inner.html").write_text(PAGE)
    tally = Tally()
    assert texts([tmp_path], tally) == ["Ferry.html", "Other.htm", "advert.html", "inner.html"]
    assert tally.left_aside == {"parts of saved pages": 4}
    assert total_size([tmp_path]) == 4 * len(PAGE.encode())


def test_the_folder_of_parts_is_read_when_it_is_given_itself(tmp_path: Path) -> None:
    (tmp_path / "Ferry.html").write_text(PAGE)
    parts = tmp_path / "Ferry_files"
    parts.mkdir()
    (parts / "frame.html").write_text(PAGE)
    assert texts([parts]) == ["frame.html"]


def test_an_archive_leaves_the_parts_of_its_pages_aside(tmp_path: Path) -> None:
    path = tmp_path / "pages.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("saved/Ferry.html", "saved/Ferry_files/advert.html", "saved/Pier.html.gz"):
            content = PAGE.encode() if name.endswith("l") else gzip.compress(PAGE.encode())
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    assert texts([path]) == ["Ferry.html", "Pier.html.gz"]


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "\ufeff <!doctype HTML>",
        "<html>",
        "<!-- saved from url=(0014) -->\n<HTML>",
    ],
)
def test_standard_input_is_told_to_be_a_page_by_its_beginning(start: str) -> None:
    page = PAGE.replace('<!DOCTYPE html>\n<html lang="en">', start)
    assert make(read_one(page.encode())).document is not None


def test_a_text_that_begins_with_many_comments_is_told_in_no_time() -> None:
    (article,) = iter_input(io.BytesIO(b"<!-- a -->" * 2000 + READ[0].encode()), SourceOptions())
    assert isinstance(article, RawArticle)
    assert article.media_type == "text/plain"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("ISO-8859-1", "cp1252"),
        ("koi8-r", "koi8_r"),
        ("Shift_JIS", "cp932"),
        ("gb2312", "gb18030"),
        ("iso-2022-jp", "iso2022_jp"),
        ("euc-kr", "cp949"),
    ],
)
def test_the_encoding_that_a_page_names_is_believed(declared: str, codec: str) -> None:
    words = {"cp1251": "Паром", "koi8_r": "Паром", "cp1252": "Fähre", "cp949": "여객선"}
    word = words.get(codec, "汽船")
    page = write_page(*(f"{word}: {text}" for text in READ[2:])).replace("utf-8", declared)
    article = read_one(page.encode(codec, "xmlcharrefreplace"))
    assert article.encoding == codec
    assert article.original.decode(article.encoding, "replace") == article.body.text
    made = make(article)
    assert made.document is not None
    assert word in made.document.text


def test_utf_8_and_byte_order_marks_count_before_what_a_page_names() -> None:
    page = write_page("Café: " + READ[0], *READ[1:]).replace("utf-8", "iso-8859-1")
    assert read_one(page.encode()).encoding == "utf-8"
    wide = read_one(b"\xef\xbb\xbf" + page.encode())
    assert wide.encoding == "utf-8-sig"
    assert read_page(page.encode("utf-16"), "a.html", SourceOptions()) == replace(
        read_one(page.encode()),
        location="a.html",
        original=page.encode("utf-16"),
        encoding="utf-16",
    )


@pytest.mark.parametrize("declared", ["rot13", "zlib", "idna", "utf-7", "x" * 40, "unicode_escape"])
def test_an_encoding_that_no_browser_reads_is_not_used(declared: str) -> None:
    page = write_page("Caf\x80: " + READ[0]).replace("utf-8", declared)
    assert read_one(page.encode("latin-1", "xmlcharrefreplace")).encoding == "cp1252"


def test_a_stored_page_is_read_again_as_the_first_time() -> None:
    made = make(read_one(PAGE.encode()))
    again = read_again(made.original)
    assert isinstance(again, RawArticle)
    assert make(again) == made


def test_a_page_that_is_no_article_is_kept_with_the_reason() -> None:
    page = write_page(title="Page not found", node={})
    made = make(read_one(page.encode()))
    assert (made.document, made.original.outcome) == (None, "unusable")
    assert made.original.code == "error_page"
    assert made.original.content == page.encode()


def test_only_the_article_counts_for_the_longest_text() -> None:
    page = read_one(write_page(head=f"<style>{'a{b:c} ' * 20_000}</style>").encode())
    assert make(page).document is not None
    assert make(page, most=100).original.code == "too_long"


def test_empty_and_binary_pages_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b" \n")
    (tmp_path / "b.html").write_bytes(bytes(range(32)) * 9)
    found = list(iter_articles([tmp_path], SourceOptions()))
    assert [each.code for each in found if isinstance(each, Refusal)] == ["empty", "binary"]

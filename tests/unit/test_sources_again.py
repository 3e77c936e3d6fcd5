"""What is stored of an article is enough to read it again, exactly as the first time."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.test_pipeline import Finder
from unit.written_pages import write_page

from dateline.search.storing import read_original, store_original
from indexer.building import Identity
from indexer.dates import read_given_date
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Made, Rules, make_batch, refuse_unread
from indexer.sources import Refusal, SourceOptions, iter_articles, iter_input, read_given
from indexer.sources.again import read_again
from indexer.sources.csv_rows import iter_csv
from indexer.sources.html_pages import iter_html
from indexer.sources.json_records import iter_json, iter_json_lines
from indexer.sources.reuters import iter_reuters
from indexer.sources.texts import iter_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dateline.documents import Original, RawArticle

NOW = datetime(2024, 2, 29, 12, tzinfo=UTC)
GIVEN = SourceOptions(
    source="The Harbour Post",
    published=read_given_date("2022-09-27T09:35", timezone(timedelta(hours=2))),
    language="de",
    time_zone="Asia/Tokyo",
)
BODY = "The ferry left the harbour at nine. Nobody was on board, the company said on Monday."
RECORD = {"title": "Ferry leaves", "text": BODY, "date_publish": "2022-09-27 09:30:00"}
LINE = json.dumps(RECORD).encode()
STORY = (
    b'<REUTERS NEWID="7"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT><TITLE>FERRY &lt;X></TITLE>'
    b"<DATELINE>OSLO, Feb 26 - </DATELINE><BODY>" + BODY.encode() + b"\n REUTER\n</BODY></TEXT>"
    b"</REUTERS>\n"
)
FILES = {
    "plain.txt": f"Ferry leaves\n\n{BODY}\n".encode(),
    "marked.txt": "\ufeffFerry leaves\n\n".encode() + BODY.encode(),
    "windows.txt": f"Ferry leaves “early”\n\n{BODY}\n".encode("cp1252"),
    "wide.txt": f"Ferry leaves\n\n{BODY}\n".encode("utf-16"),
    "page.md": f"# Ferry leaves\n\n**{BODY}**\n".encode(),
    "empty.txt": b"",
    "blank.txt": b" \n",
    "binary.txt": bytes(range(32)) * 9,
    "wordless.txt": b"12 34 56",
    "one.json": json.dumps(RECORD, indent=2).encode(),
    "list.json": b"\xef\xbb\xbf[\n  " + LINE + b",\n  {}, 7, " + LINE[:40] + b"]",
    "answer.json": b'{"status": "ok", "articles": [' + LINE + b", " + LINE + b"], "
    b'"totalResults": 2}',
    "open.json": b"[\n  " + LINE + b",\n  " + LINE[:60],
    "none.json": b"[]",
    "lines.jsonl": b"\xef\xbb\xbf" + LINE + b"\r\n\n" + b'{"text": 5}\n{"text"\n' + LINE,
    "deep.jsonl": b'{"text": ' + b"[" * 20_000,
    "wide.jsonl": LINE.decode().encode("utf-16"),
    "rows.csv": b"\xef\xbb\xbfid,title,text,authors\r\n"
    + f"7,Ferry,{BODY.replace(',', ';')},\"['Ann Lee']\"\r\n".encode()
    + f'8,"Ferry\nleaves","{BODY} ""No""",\r\n'.encode()
    + b'9,"open,row\r\n10,a,b,c,d,e\r\n11,short\r\n\r\n12,\xe9t\xe9,"'
    + BODY.encode()
    + b'"\r\n',
    "semicolons.csv": f'text;title\n"{BODY}";Ferry leaves\n'.encode(),
    "tabs.tsv": f"title\ttext\nFerry leaves\t{BODY}\n".encode(),
    "stories.sgm": b"<!DOCTYPE lewis>\n" + STORY + STORY.replace(b"BODY", b"X") + STORY[:90],
    "none.sgm": b"<!DOCTYPE lewis>\n",
    "page.html": write_page().encode(),
    "windows.htm": write_page("Caf\xe9: the ferry.").replace("utf-8", "latin-1").encode("cp1252"),
    "door.html": write_page(title="Page not found", node={}).encode(),
    "cut.txt.gz": b"\x1f\x8b\x08\x00",
}


def make_first(article: RawArticle | Refusal, when: datetime = NOW) -> Made:
    """What an ingest makes of an article, with a finder that finds nothing."""
    if isinstance(article, Refusal):
        return refuse_unread(article, "1", when)
    digest = hash_content(article.original, article.options)
    job = Job(article, Identity(find_id(article), digest, "1", when))
    return make_batch([job], Rules(100_000), Finder())[0]


def make_again(original: Original) -> Made:
    """The same of what came back from the archive."""
    kept = read_original(json.loads(json.dumps(store_original(original))))
    assert kept == original
    return make_first(read_again(kept), kept.received_at)


def count_same(articles: Iterable[RawArticle | Refusal]) -> int:
    """How many articles there are; each was read again and is the same in all that is stored."""
    count = 0
    for article in articles:
        made = make_first(article)
        assert read_again(made.original) == article
        assert make_again(made.original) == made
        count += 1
    return count


@pytest.mark.parametrize("options", [SourceOptions(), GIVEN], ids=["nothing given", "all given"])
@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_source_is_read_again_as_the_first_time(
    tmp_path: Path, name: str, options: SourceOptions
) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert count_same(iter_articles([tmp_path], options)) >= 1


def test_standard_input_is_read_again_as_the_first_time() -> None:
    for name in ("plain.txt", "lines.jsonl", "one.json", "stories.sgm"):
        assert count_same(iter_input(io.BytesIO(FILES[name]), GIVEN)) >= 1


def test_what_is_no_file_stays_refused_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "big.txt").write_bytes(b"a" * (8 * 1024 * 1024 + 1))
    assert count_same(iter_articles([tmp_path, tmp_path / "gone"], GIVEN)) == 3


READERS = (iter_text, iter_json, iter_json_lines, iter_csv, iter_reuters, iter_html)
SIGNS = [b'"', b'""', b",", b";", b"\n", b"\r\n", b"{", b"}", b"[", b"]", b":", b"\\", b"\\u00e9"]
MARKS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\x00", "Ärger in Łódź. ".encode()]
WORDS = [b'"text"', b'"articles"', b"<REUTERS>", b"</REUTERS>", b"<BODY>", b"</BODY>", b"id,text\n"]
TAGS = [
    b"<p>",
    b"</p>",
    b"<h1>Ferry</h1>",
    b"<!--",
    b"<script>",
    b"<a href='",
    b"&amp;",
    b"<title>",
]
PIECES = st.sampled_from([*SIGNS, *MARKS, *WORDS, *TAGS, LINE, STORY])


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=14), reader=st.sampled_from(READERS))
def test_whatever_comes_in_is_read_again_as_the_first_time(
    pieces: list[bytes], reader: Any
) -> None:
    count_same(reader(io.BytesIO(b"".join(pieces)), "a", GIVEN))


@pytest.mark.parametrize(
    "text",
    ["2022-09-27", "2022-09-27T09:35Z", "2022-09-27T09:35:10Z", "2022-09-27T02:00:00+02:00", ""],
)
def test_given_options_come_back_from_what_is_stored_of_them(text: str) -> None:
    for options in (SourceOptions(), GIVEN, SourceOptions(language="en")):
        given_options = replace(options, published=read_given_date(text, UTC))
        assert read_given(given_options.given()) == given_options


def test_a_row_under_another_header_is_another_article() -> None:
    (one,) = iter_csv(io.BytesIO(b"id,text,body\n1,One word.,Two words."), "a", SourceOptions())
    (two,) = iter_csv(io.BytesIO(b"id,body,text\n1,One word.,Two words."), "a", SourceOptions())
    made = [make_first(one).original, make_first(two).original]
    assert made[0].content == made[1].content
    assert made[0].id == made[1].id
    assert made[0].content_hash != made[1].content_hash


def test_a_row_without_its_header_and_an_unknown_kind_are_refused_with_the_reason() -> None:
    (row,) = iter_csv(io.BytesIO(b"id,text\n1,One word."), "a", SourceOptions())
    original = make_first(row).original
    for change, code in (({"options": {}}, "no_header"), ({"media_type": "a/b"}, "unknown_kind")):
        refusal = read_again(replace(original, **change))
        assert isinstance(refusal, Refusal)
        assert (refusal.kind, refusal.code, refusal.original) == (
            "rejected",
            code,
            original.content,
        )


CORPUS_FILES = [
    ("articles", 3),
    ("bbc-news.tar.xz", 60),
    ("reuters21578-sgml.tar.xz", 300),
    ("yahoo-finance-2017.json.xz", 60),
]


@pytest.mark.corpora
@pytest.mark.parametrize(("name", "count"), CORPUS_FILES)
def test_real_articles_are_read_again_as_the_first_time(
    corpora: Path, name: str, count: int
) -> None:
    assert count_same(islice(iter_articles([corpora / name], GIVEN), count)) == count


@pytest.mark.corpora
def test_real_articles_as_rows_and_lines_are_read_again_as_the_first_time(corpora: Path) -> None:
    records = [_record(a) for a in _first(corpora / "yahoo-finance-2017.json.xz", 40)]
    rows = io.StringIO()
    writer = csv.DictWriter(rows, ["title", "maintext", "date_publish"])
    writer.writeheader()
    writer.writerows(records)
    lines = "\n".join(json.dumps(record) for record in records)
    assert count_same(iter_csv(io.BytesIO(rows.getvalue().encode()), "a.csv", GIVEN)) == 40
    assert count_same(iter_json_lines(io.BytesIO(lines.encode()), "a.jsonl", GIVEN)) == 40


def test_the_samples_are_read_again_as_the_first_time(root: Path) -> None:
    assert count_same(iter_articles([root / "samples"], SourceOptions())) >= 40


def _first(path: Path, count: int) -> Iterator[RawArticle]:
    articles = (a for a in iter_articles([path], SourceOptions()) if not isinstance(a, Refusal))
    return islice(articles, count)


def _record(article: RawArticle) -> dict[str, str]:
    date = article.metadata.published.value
    return {
        "title": article.title.text if article.title else "",
        "maintext": article.body.text,
        "date_publish": date.isoformat() if date else "",
    }

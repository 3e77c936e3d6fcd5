from __future__ import annotations

import gzip
import io
import lzma
import tarfile
from pathlib import Path

import pytest
import zstandard

from dateline.documents import PublicationDate, RawArticle
from dateline.errors import SourceError
from indexer.sources import (
    Refusal,
    SourceOptions,
    Tally,
    check_paths,
    iter_articles,
    iter_input,
    total_size,
)
from indexer.sources.decoding import decode, is_binary
from indexer.sources.lines import iter_lines
from indexer.sources.opening import inner_suffix

TEXT = "It rained on Monday — for hours."


def read(*paths: Path) -> list[RawArticle | Refusal]:
    return list(iter_articles(paths, SourceOptions()))


def only(path: Path) -> RawArticle:
    (article,) = read(path)
    assert isinstance(article, RawArticle)
    return article


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_each_encoding_is_told_and_decodes_the_same_way_again(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(codec))
    article = only(tmp_path / "a.txt")
    assert article.body.text == TEXT
    assert article.original.decode(article.encoding, "replace") == TEXT


def test_damaged_utf8_stays_utf8() -> None:
    damaged = "Café, Zürich and Łódź".encode() + b" \xff"
    assert decode(damaged).encoding == "utf-8"
    assert decode(damaged).text == "Café, Zürich and Łódź �"


def test_binary_is_told_from_text_with_a_few_control_characters() -> None:
    assert is_binary("\x00\x01ab")
    assert not is_binary("a\x00" + "b" * 100)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4 It rained on Monday", "a PDF file"),
        (rb"{\rtf1\ansi It rained on Monday}", "an RTF file"),
        (b"PK\x03\x04 It rained on Monday", "a Word, OpenDocument or zip file"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.doc"])
def test_a_file_of_another_program_is_named_not_read(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (refusal,) = read(tmp_path / name)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "binary"
    assert refusal.reason == f"{kind}, not a text; save its text as .txt first"


def test_folders_are_read_sorted_whatever_order_the_disk_has(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.md", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = [Path(each.location).relative_to(tmp_path).as_posix() for each in read(tmp_path)]
    assert found == ["a/b.md", "a/z.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".xz", lzma.compress), (".zst", zstandard.compress)],
)
def test_packed_files_read_like_plain_ones(tmp_path: Path, suffix: str, pack) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(pack(TEXT.encode()) + pack(b" And more."))
    assert only(path).original == TEXT.encode() + b" And more."


def test_an_archive_gives_its_members(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        for name in ("news/b.txt", "news/a.txt", "news/photo.jpg", "../out.txt"):
            member = tarfile.TarInfo(name)
            member.size = len(TEXT.encode())
            archive.addfile(member, io.BytesIO(TEXT.encode()))
    found = [each.location.removeprefix(f"{path}!") for each in read(path)]
    assert found == ["news/b.txt", "news/a.txt", "../out.txt"]
    assert list(tmp_path.parent.glob("out.txt")) == []


def test_a_file_of_unknown_kind_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text('{"maintext": "It rained."}')
    assert read(tmp_path) == []
    assert only(path).body.text == "It rained."


def test_a_file_that_vanishes_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT)
    articles = iter_articles([tmp_path], SourceOptions())
    next(articles)
    (tmp_path / "b.txt").unlink()
    second, third = articles
    assert isinstance(second, Refusal)
    assert second.code == "missing"
    assert isinstance(third, RawArticle)


def test_a_path_that_was_never_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        check_paths([tmp_path, tmp_path / "nowhere"])


def test_the_bytes_read_add_up_to_the_size_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "b.txt").write_text(TEXT)
    tally = Tally()
    list(iter_articles([tmp_path], SourceOptions(), tally))
    assert tally.bytes_read == total_size([tmp_path]) > 0


@pytest.mark.parametrize(
    ("content", "bodies"),
    [
        (b"It rained.\n\nAll day.", ["It rained.\n\nAll day."]),
        (b'{"maintext": "A."}\n{"maintext": "B."}\n', ["A.", "B."]),
        (b'[{"maintext": "A."}, {"maintext": "B."}]', ["A.", "B."]),
        (b'{"status": "ok",\n "articles": [{"content": "A."}]}', ["A."]),
        (b'{\n  "text": "A."\n}', ["A."]),
        (b"[Reuters] It rained.", ["[Reuters] It rained."]),
        (b'<REUTERS NEWID="1">\n<BODY>A.</BODY></REUTERS>', ["A."]),
    ],
)
def test_standard_input_is_told_by_how_it_begins(content: bytes, bodies: list[str]) -> None:
    articles = list(iter_input(io.BytesIO(content), SourceOptions()))
    assert [a.body.text for a in articles if isinstance(a, RawArticle)] == bodies


def test_a_long_line_is_passed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.sources.lines.MAX_ARTICLE_BYTES", 10)
    lines = list(iter_lines(io.BytesIO(b"short\n" + b"x" * 95 + b"\nlast")))
    assert [(each.number, each.content, each.too_large) for each in lines] == [
        (1, b"short", False),
        (2, b"", True),
        (3, b"last", False),
    ]


@pytest.mark.parametrize(
    ("name", "suffixes"),
    [
        ("a.txt", (".txt", "")),
        ("A.JSONL.GZ", (".jsonl", ".gz")),
        ("b.tgz", (".tar", ".gz")),
        ("noname", ("", "")),
        ("x.gz", ("", ".gz")),
    ],
)
def test_suffixes_of_content_and_packing(name: str, suffixes: tuple[str, str]) -> None:
    assert inner_suffix(name) == suffixes


def test_options_that_were_not_given_leave_no_trace() -> None:
    assert SourceOptions().given() == {}
    assert SourceOptions(published=PublicationDate()).given() == {}

"""Every kind of bad file there is, in one folder, through the real command.

The folder also holds good neighbours; each must be indexed, each bad one refused or cleaned with a
reason, and the command must end with exit code 3.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import zstandard

if TYPE_CHECKING:
    from pathlib import Path

Run = tuple[int, dict[str, dict[str, str]], str]

TEXT = (
    "The harbour of Port Ellery was closed on Monday after the storm broke two of its cranes. "
    "Fishermen said that the boats could not leave before the channel was cleared. "
    "The council will meet on Thursday to decide who pays for the repairs."
)


def article(name: str) -> str:
    return f"{name} closes its harbour after the storm\n\n{TEXT} This is about {name}.\n"


def record(name: str, **more: object) -> dict[str, object]:
    return {"title": f"{name} closes its harbour", "maintext": f"{TEXT} {name}.", **more}


def line(name: str) -> bytes:
    return json.dumps(record(name)).encode()


def as_csv(rows: list[list[str]]) -> str:
    out: list[str] = []
    csv.writer(type("Sink", (), {"write": lambda _self, text: out.append(text)})()).writerows(rows)
    return "".join(out)


def write_texts(folder: Path) -> None:
    (folder / "good.txt").write_text(article("Good"), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_bytes(b" \n\t\r\n")
    (folder / "junk.txt").write_bytes(random.Random(7).randbytes(20_000))
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "invalid.txt").write_bytes(article("Invalid").encode() + b"\xff\xfe caf\xc3\xa9 \xc3")
    (folder / "latin.txt").write_bytes(article("Café Zürich").encode("cp1252"))
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbf" + article("Marked").encode())
    (folder / "wide.txt").write_bytes(article("Wide").encode("utf-16"))
    (folder / "widest.txt").write_bytes(article("Widest").encode("utf-32"))
    (folder / "nul.txt").write_bytes(article("Nul").replace("storm", "st\x00orm").encode())
    (folder / "marks.txt").write_text(article("Marks") + "e" + "́" * 50_000, encoding="utf-8")
    (folder / "huge_line.txt").write_bytes(b"word " * 10_000_000)
    (folder / "long.txt").write_text("It rained again on Monday. " * 40_000, encoding="utf-8")


def write_records(folder: Path) -> None:
    deep = b'{"title": "Deep", "maintext": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    lines = [
        line("First"),
        b'{"title": "Broken", "maintext": "no end',
        b'{"title": "Huge", "maintext": "' + b"x" * 50_000_000 + b'"}',
        deep,
        line("Number").replace(b"{", b'{"views": ' + b"9" * 5000 + b", ", 1),
        line("Nothing").replace(b"{", b'{"score": NaN, "least": -Infinity, ', 1),
        b'{"title": "Twice", "maintext": "' + b"x" * 9 + b'", "maintext": ' + line("T")[-300:],
        json.dumps(record("Twin") | {"title": "Old"})[:-1].encode() + b', "title": "Twin new"}',
        b'{"title": "Typed", "maintext": 12}',
        b'{"title": "No body", "maintext": null}',
        b"[1, 2]",
        b'"just a text"',
        line("Nul").replace(b"storm", b"st\\u0000orm"),
        line("Surrogate").replace(b"storm", b"\\ud83dstorm"),
        line("Raw").replace(b"storm", b"st\xffrm"),
        b"\x00\x01\x02\x03" * 50,
        line("Last"),
    ]
    (folder / "lines.jsonl").write_bytes(b"\n".join(lines))
    items = [line("One"), line("Two")[:-2], line("Three"), b"oops", line("Four")]
    (folder / "list.json").write_bytes(b"[\n  " + b",\n  ".join(items) + b"\n]")
    envelope = {"status": "ok", "totalResults": 2, "articles": [record("News"), {"title": "Bare"}]}
    (folder / "newsapi.json").write_text(json.dumps(envelope), encoding="utf-8")
    (folder / "cut.json").write_bytes(b"[" + line("Whole") + b"," + line("Half")[:60])
    (folder / "no_list.json").write_bytes(b"nothing but words")


def write_rows(folder: Path) -> None:
    good = as_csv(
        [["title", "maintext"], ["Row one", TEXT], ["Row two", TEXT + '\n"Yes," he said.']]
    )
    stray = f'"Stray row,{TEXT}\n'.replace("\n", "\r\n")
    more = as_csv([["Too", "many", "fields", TEXT], ["Row three", TEXT]])
    (folder / "rows.csv").write_text(good + stray + more, encoding="utf-8", newline="")
    (folder / "wide.csv").write_bytes(good.encode("utf-16"))


def write_packed(folder: Path) -> None:
    whole = b"\n".join(line(f"Packed {number}") for number in range(200))
    (folder / "good.jsonl.gz").write_bytes(gzip.compress(line("Gzip")))
    (folder / "good.jsonl.xz").write_bytes(lzma.compress(line("Xz")))
    (folder / "good.jsonl.zst").write_bytes(zstandard.compress(line("Zstandard")))
    for name, packed in (
        ("cut.jsonl.gz", gzip.compress(random.Random(3).randbytes(9000))[:4000]),
        ("cut.txt.xz", lzma.compress(whole)[:-30]),
        ("cut.txt.zst", zstandard.compress(whole)[:-5]),
        ("lie.txt.gz", b"this is no gzip"),
        ("lie.txt.xz", b"this is no xz"),
        ("lie.txt.zst", b"this is no zstandard"),
        ("bomb.txt.gz", gzip.compress(bytes(60_000_000))),
        ("bomb.txt.zst", zstandard.compress(bytes(60_000_000))),
        ("lie.tar", b"this is no archive" * 100),
    ):
        (folder / name).write_bytes(packed)


def write_story(number: int, body: str) -> str:
    return (
        f'<REUTERS TOPICS="YES" NEWID="{number}">\n<DATE>24-FEB-1987 07:13:48.20</DATE>\n'
        f"<TEXT>&#2;\n<TITLE>STORY {number} &lt;XYZ></TITLE>{body}</TEXT>\n</REUTERS>\n"
    )


def write_stories(folder: Path) -> None:
    whole = f"<DATELINE>    PORT ELLERY, Feb 26 - </DATELINE><BODY>{TEXT}\n Reuter\n&#3;</BODY>"
    stories = [write_story(1, whole), write_story(2, ""), write_story(3, whole)[:150]]
    stories.append(write_story(4, whole))
    text = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n' + "".join(stories)
    (folder / "stories.sgm").write_bytes(text.encode("latin-1"))


def write_pages(folder: Path) -> None:
    page = f"<html><head><title>Port</title></head><body><h1>Port</h1><p>{TEXT}</p>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "nested.html").write_text("<div>" * 200_000 + page, encoding="utf-8")
    (folder / "door.html").write_text(page.replace("Port", "Access denied"), encoding="utf-8")
    (folder / "bare.html").write_text("<html><body><img src=a.jpg>", encoding="utf-8")


def write_odd_files(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "elsewhere").symlink_to(folder.parent / "other", target_is_directory=True)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    (folder / "unreadable.txt").write_text(article("Secret"), encoding="utf-8")
    (folder / "unreadable.txt").chmod(0)
    (folder / "bad_disk.txt").symlink_to("/proc/self/mem")  # opens, and cannot be read
    (folder / ".hidden.txt").write_text(article("Hidden"), encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "z_last.txt").write_text(article("Final"), encoding="utf-8")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command over the folder: exit code, facts by place, standard error."""
    folder = tmp_path_factory.mktemp("bad") / "inbox"
    folder.mkdir()
    (folder.parent / "other").mkdir()
    for write in (
        write_texts,
        write_records,
        write_rows,
        write_packed,
        write_stories,
        write_pages,
        write_odd_files,
    ):
        write(folder)
    command = [sys.executable, "-m", "dateline.cli", "ingest", str(folder), "--dry-run", "--json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    facts = [json.loads(text) for text in done.stdout.splitlines()]
    by_place = {fact["location"].replace(f"{folder}/", ""): fact for fact in facts}
    assert len(by_place) == len(facts), "an article was counted twice"
    return done.returncode, by_place, done.stderr.decode()


@pytest.mark.promise(
    "every kind of bad file", "each is refused with its reason, the neighbours are indexed, code 3"
)
def test_refused_articles_make_exit_code_3(run: Run) -> None:
    assert run[0] == 3


def test_nothing_of_it_ends_in_a_traceback(run: Run) -> None:
    assert "Traceback" not in run[2]


@pytest.mark.parametrize(
    "place",
    [
        "good.txt",
        "z_last.txt",
        "lines.jsonl:1",
        "lines.jsonl:17",
        "list.json#1",
        "list.json#3",
        "list.json#5",
        "newsapi.json#1",
        "cut.json#1",
        "rows.csv:2",
        "rows.csv:3",
        "rows.csv:7",
        "good.jsonl.gz:1",
        "good.jsonl.xz:1",
        "good.jsonl.zst:1",
        "stories.sgm#1",
        "stories.sgm#4",
        "page.html",
    ],
)
def test_the_neighbours_of_bad_articles_are_indexed(run: Run, place: str) -> None:
    assert run[1][place]["outcome"] == "indexed"


@pytest.mark.parametrize(
    "place",
    [
        "invalid.txt",
        "latin.txt",
        "bom.txt",
        "wide.txt",
        "widest.txt",
        "nul.txt",
        "marks.txt",
        "lines.jsonl:5",
        "lines.jsonl:6",
        "lines.jsonl:8",
        "lines.jsonl:13",
        "lines.jsonl:14",
        "lines.jsonl:15",
    ],
)
def test_what_can_be_cleaned_is_indexed_and_clean(run: Run, place: str) -> None:
    found = run[1][place]
    assert found["outcome"] == "indexed"
    assert not {"\x00", "\ud83d", "￾", "﻿"} & set(found["title"] + found["summary"])


@pytest.mark.parametrize(
    ("place", "outcome", "code"),
    [
        ("empty.txt", "unusable", "empty"),
        ("blank.md", "unusable", "empty"),
        ("junk.txt", "rejected", "binary"),
        ("picture.txt", "rejected", "binary"),
        ("huge_line.txt", "rejected", "too_large"),
        ("long.txt", "rejected", "too_long"),
        ("lines.jsonl:2", "rejected", "broken_json"),
        ("lines.jsonl:3", "rejected", "too_large"),
        ("lines.jsonl:4", "rejected", "too_deep"),
        ("lines.jsonl:7", "rejected", "broken_json"),
        ("lines.jsonl:9", "rejected", "wrong_type"),
        ("lines.jsonl:10", "unusable", "no_body"),
        ("lines.jsonl:11", "rejected", "not_an_object"),
        ("lines.jsonl:12", "rejected", "not_an_object"),
        ("lines.jsonl:16", "rejected", "binary"),
        ("list.json#2", "rejected", "broken_json"),
        ("list.json#4", "rejected", "broken_json"),
        ("newsapi.json#2", "unusable", "no_body"),
        ("cut.json#2", "rejected", "broken_json"),
        ("no_list.json#1", "rejected", "broken_json"),
        ("rows.csv:5", "rejected", "broken_row"),
        ("rows.csv:6", "rejected", "broken_row"),
        ("wide.csv", "rejected", "binary"),
        ("cut.jsonl.gz", "rejected", "broken_file"),
        ("cut.txt.xz", "rejected", "broken_file"),
        ("cut.txt.zst", "rejected", "broken_file"),
        ("lie.txt.gz", "rejected", "broken_file"),
        ("lie.txt.xz", "rejected", "broken_file"),
        ("lie.txt.zst", "rejected", "broken_file"),
        ("lie.tar", "rejected", "broken_file"),
        ("bomb.txt.gz", "rejected", "too_large"),
        ("bomb.txt.zst", "rejected", "too_large"),
        ("stories.sgm#2", "unusable", "no_body"),
        ("stories.sgm#3", "rejected", "cut_off"),
        ("nested.html", "rejected", "too_complex"),
        ("door.html", "unusable", "error_page"),
        ("bare.html", "unusable", "no_body"),
        ("loop", "rejected", "folder_loop"),
        ("elsewhere", "rejected", "folder_link"),
        ("gone.txt", "rejected", "missing"),
        ("device.txt", "rejected", "not_a_file"),
        ("pipe.txt", "rejected", "not_a_file"),
        ("bad_disk.txt", "rejected", "unreadable"),
    ],
)
def test_each_bad_article_is_refused_with_a_reason(
    run: Run, place: str, outcome: str, code: str
) -> None:
    found = run[1][place]
    assert (found["outcome"], found["code"]) == (outcome, code)
    assert len(found["reason"]) > 10


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_refused(run: Run) -> None:
    assert run[1]["unreadable.txt"]["code"] == "unreadable"


def test_hidden_files_and_other_kinds_are_left_aside(run: Run) -> None:
    assert not {".hidden.txt", "photo.jpg"} & set(run[1])
    assert "left aside 1 files of other kinds: .jpg 1" in run[2]


def test_a_doubled_key_counts_as_it_was_said_last(run: Run) -> None:
    assert run[1]["lines.jsonl:8"]["title"] == "Twin new"


def test_older_bytes_keep_their_letters(run: Run) -> None:
    assert "Café Zürich" in run[1]["latin.txt"]["title"]


@pytest.mark.promise("Ctrl-C", "one line and code 130")
def test_an_interrupt_ends_the_command_with_one_line_and_code_130(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(article(f"Town {number}"), encoding="utf-8")
    command = [sys.executable, "-m", "dateline.cli", "ingest", str(tmp_path), "--dry-run", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of them
        _rest, said = running.communicate(timeout=120)
    assert running.returncode == 130
    assert said.decode().splitlines() == [
        "dateline: interrupted; what was written stays, give the same command to go on"
    ]

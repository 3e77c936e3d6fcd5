"""The whole back door through the command and a real server."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BODY = (
    "The harbour of Port Ellery was closed on Monday after the storm broke two of its cranes. "
    "Fishermen said that their boats could not leave before the channel was cleared of wrecks."
)


class Command:
    """`dateline` on one archive of the test server."""

    def __init__(self, url: str, index: str) -> None:
        self.flags = ["--elasticsearch-url", url, "--index", index]

    def __call__(self, *arguments: str, code: int = 0) -> Any:
        workers = ["--workers", "1"] if arguments[0] == "ingest" else []  # one model to load
        command = [sys.executable, "-m", "dateline.cli", *arguments, *workers, *self.flags]
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def dateline(elasticsearch_url: str, index_prefix: str) -> Command:
    return Command(elasticsearch_url, f"{index_prefix}-articles")


def write_records(path: Path, *records: dict[str, Any]) -> None:
    path.write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")


def record(name: str, **more: Any) -> dict[str, Any]:
    return {"title": f"{name} closes", "maintext": f"{BODY} {name}.", "id": name, **more}


def test_ingest_again_change_withdraw(dateline: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_records(path, record("one"), record("two"), {"title": "no body"})
    assert dateline("ingest", str(path), code=3)["counts"] == {"indexed": 2, "unusable": 1}
    assert dateline("ingest", str(path), code=3)["counts"] == {"unchanged": 2, "unusable": 1}

    write_records(path, record("one", maintext=f"{BODY} It was opened again."), record("two"))
    assert dateline("ingest", str(path))["counts"] == {"indexed": 1, "unchanged": 1}

    assert dateline("withdraw", "one", "--reason", "an order")["outcome"] == "withdrawn"
    assert dateline("ingest", str(path))["counts"] == {"withdrawn": 1, "unchanged": 1}

    found = dateline("status")
    assert (found["articles"], found["withdrawn"], found["undated"]) == (1, 1, 1)
    assert found["refused"] == {"unusable:no_body": 1}
    assert found["last_run"]["counts"] == {"withdrawn": 1, "unchanged": 1}


@pytest.mark.promise("an older copy comes late", "it never replaces the newer one")
def test_an_older_copy_never_replaces_a_newer_one(dateline: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_records(path, record("one", date_publish="2020-05-02 10:00:00"))
    dateline("ingest", str(path))
    write_records(path, record("one", date_publish="2020-05-01 10:00:00"))
    assert dateline("ingest", str(path))["counts"] == {"unchanged": 1}
    assert dateline("status")["last_published"].startswith("2020-05-02")


def test_an_unknown_id_cannot_be_withdrawn(dateline: Command, tmp_path: Path) -> None:
    write_records(tmp_path / "a.jsonl", record("one"))
    dateline("ingest", str(tmp_path))
    command = [sys.executable, "-m", "dateline.cli", "withdraw", "nobody", "--reason", "x"]
    done = subprocess.run([*command, *dateline.flags], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nobody" in done.stderr


@pytest.mark.promise("bytes in any encoding", "the original keeps every one of them")
def test_every_byte_of_what_came_in_is_kept(
    dateline: Command, tmp_path: Path, elasticsearch_url: str, index_prefix: str
) -> None:
    texts = {
        "good.txt": f"Harbour closes\r\n\r\n{BODY}\r\n".encode(),
        "older.txt": f"Café closes\n\n{BODY}\n".encode("cp1252"),
        "junk.txt": bytes(range(256)) * 20,
        "nul.txt": f"Nul closes\n\n{BODY} st\x00rm\n".encode(),
    }
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
    dateline("ingest", str(tmp_path), code=3)
    stored = _originals(elasticsearch_url, f"{index_prefix}-articles")
    kept = {source["location"].rsplit("/", 1)[1]: _content(source) for source in stored}
    assert kept == texts


def _originals(url: str, index: str) -> list[dict[str, Any]]:
    from elasticsearch import Elasticsearch  # noqa: PLC0415 - only with a server

    with Elasticsearch(url) as client:
        answer = client.search(
            index=f"{index}-originals", query={"term": {"kind": "original"}}, size=100
        )
    return [hit["_source"] for hit in answer["hits"]["hits"]]


def _content(source: dict[str, Any]) -> bytes:
    if "base64" in source:
        return base64.b64decode(source["base64"])
    return str(source["text"]).encode()


@pytest.mark.corpora
def test_a_slice_of_reuters_is_counted_whole(
    dateline: Command, corpora: Path, tmp_path: Path
) -> None:
    with tarfile.open(corpora / "reuters21578-sgml.tar.xz") as archive:
        member = archive.extractfile(archive.getmember("reuters/reut2-021.sgm"))
        assert member is not None
        content = member.read()
    end = [at for at in range(len(content)) if content.startswith(b"</REUTERS>", at)][79]
    (tmp_path / "a.sgm").write_bytes(content[: end + 10])
    bodies = content[: end + 10].count(b"</BODY>")
    report = dateline("ingest", str(tmp_path), code=3)
    assert report["counts"] == {"indexed": bodies, "unusable": 80 - bodies}
    found = dateline("status")
    assert (found["articles"], found["undated"]) == (bodies, 0)
    assert found["first_published"].startswith("1987-")
    assert dateline("ingest", str(tmp_path), code=3)["counts"]["unchanged"] == bodies

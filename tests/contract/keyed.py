"""Archives at a secured server, and everything that readers, writers and rebuilders do to one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from contract.archive import Archive
from contract.documents import make_document, make_original

from dateline.search.opening import open_reader, open_writer
from dateline.search.results import RunReport
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from servers import Secured

Deed: TypeAlias = "Callable[[Archive], object]"
STORY = make_document(
    "Post:1",
    "Ferry strands",
    "The ferry stranded on the sandbank below the lighthouse.",
    people=["Ada Quist"],
    day="2024-03-05",
    source="Post",
)
GONE = make_document("Post:2", "Withdrawn", "A story that a court took back.", day="2024-03-06")
REPORT = RunReport(
    started_at=datetime(2024, 5, 1, tzinfo=UTC),
    ended_at=datetime(2024, 5, 2, tzinfo=UTC),
    counts={"indexed": 1},
    refusals={},
    pipeline="1",
)


def settings_of(server: Secured, index: str, key: str | None = None) -> SearchSettings:
    """With a key, or with the superuser's password."""
    return SearchSettings.model_validate(
        {
            "elasticsearch_url": server.url if key else server.superuser_url,
            "api_key": key,
            "ca_certs": server.ca,
            "index": index,
            "search_timeout": 30,
        }
    )


@contextmanager
def opened(settings: SearchSettings) -> Iterator[Archive]:
    with Archive(open_reader(settings), open_writer(settings)) as archive:
        yield archive


def fill(settings: SearchSettings) -> None:
    with opened(settings) as archive:
        archive.writer.prepare()
        archive.fill([STORY, GONE])


def make_older(server: Secured, index: str) -> None:
    """The archive as a version of this program made it that knew a field less; empty."""
    ((name, body),) = server.ask(f"/{index}").items()
    server.ask(f"/{name}", "DELETE")
    body["mappings"]["properties"].pop("section")
    settings = {"index": {"analysis": body["settings"]["index"]["analysis"]}}
    made = {"settings": settings, "mappings": body["mappings"], "aliases": {index: {}}}
    server.ask(f"/{name}", "PUT", made)


def write(archive: Archive) -> None:
    (written,) = archive.writer.write([make_original(STORY)], [STORY])
    assert written.outcome == "written"


def refuse(archive: Archive) -> None:
    """An article that was refused leaves its original alone."""
    original = make_original(STORY, outcome="unusable", code="empty", reason="it is empty")
    assert archive.writer.write([replace(original, id="Post:9")], []) == []


def withdraw(archive: Archive) -> None:
    document = make_document("Post:3", "Third", "A third story for the court.")
    archive.fill([document])
    archive.writer.withdraw("Post:3", "court order")


def hold(archive: Archive) -> None:
    with archive.writer.hold("resolve"):
        pass


def replace_all(archive: Archive) -> None:
    with archive.writer.replace(originals=True) as new:
        new.write([make_original(STORY)], [STORY])
        new.put_in_force()


READS: dict[str, Deed] = {
    "ping": lambda archive: archive.run(archive.reader.ping()),
    "status": lambda archive: archive.status(),
    "search": lambda archive: archive.search("ferry sandbank", facets=("person",), interval="auto"),
    "widen": lambda archive: archive.search("ferry nonsense"),
    "resolve names": lambda archive: archive.search(person=("quist",)),
    "page": lambda archive: archive.walk(page_size=1),
    "facets": lambda archive: archive.facets("person", prefix="a"),
    "get": lambda archive: archive.get("Post:1"),
    "original": lambda archive: archive.original("Post:1"),
    "scan": lambda archive: archive.scan(),
    "scan originals": lambda archive: archive.originals(),
    "status of the writing side": lambda archive: archive.writer.status(),
}
"""All that the API does."""
WRITES: dict[str, Deed] = {
    "prepare": lambda archive: archive.writer.prepare(),
    "write": write,
    "refuse": refuse,
    "record run": lambda archive: archive.writer.record_run(REPORT),
    "withdraw": withdraw,
    "delete": lambda archive: archive.writer.delete(["Post:1"]),
    "refresh": lambda archive: archive.writer.refresh(),
    "keep record": lambda archive: archive.writer.keep_record("k", {"a": 1}),
    "hold": hold,
}
"""What changes an archive, or makes sure that it may be changed."""
LOOKS: dict[str, Deed] = {
    "stored": lambda archive: archive.writer.stored(["Post:1", "Post:8"]),
    "held": lambda archive: list(archive.writer.iter_held()),
    "originals": lambda archive: list(archive.writer.iter_originals()),
    "some originals": lambda archive: list(archive.writer.iter_originals(["Post:1"])),
    "documents": lambda archive: list(archive.writer.iter_documents()),
    "some documents": lambda archive: list(archive.writer.iter_documents(["Post:1"])),
    "evidence": lambda archive: list(archive.writer.iter_evidence()),
    "read record": lambda archive: archive.writer.read_record("k"),
}
"""What the writing side only looks at."""
REBUILDS: dict[str, Deed] = {
    "rebuild": lambda archive: archive.writer.rebuild(),
    "replace": replace_all,
    "rollback": lambda archive: archive.writer.rollback(),
}
"""What makes, swaps and deletes indices."""
DEEDS: dict[str, dict[str, Deed]] = {
    "reader": READS,
    "writer": READS | LOOKS | WRITES,
    "rebuilder": READS | LOOKS | WRITES | REBUILDS,
}

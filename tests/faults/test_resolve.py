"""`resolve` on both engines: one outcome, whatever the order, the runs, the indexers, the kills."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from faults import quick
from faults.archives import Place, check_alike, check_ledger
from promises import ENDURANCE

from dateline.errors import EngineBusy
from dateline.search.opening import open_writer
from dateline.search.settings import SearchSettings
from indexer import resolving, running
from indexer.ledger import open_ledger
from indexer.resolving import Resolved, resolve, resolve_in_turn
from indexer.running import Input, read_options, run_ingest
from indexer.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faults.archives import Stored

    from dateline.search.base import Writer

SIGN_UP = "Sign up for the morning letter of the Harbour Post and read it first."
KILLS = 20 if ENDURANCE else 2


@pytest.fixture
def place(either: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    for room in (running, resolving):
        monkeypatch.setattr(room, "open_pool", quick.open_inline)
    return either


@dataclass(frozen=True)
class Desk:
    """One archive, and what is done at it; each call opens it and lets it go."""

    place: Place

    def settings(self) -> SearchSettings:
        return SearchSettings(
            elasticsearch_url=self.place.url, index=self.place.index, data_dir=self.place.data
        )

    def ingest(self, *paths: Path) -> None:
        search, given = self.settings(), Input(paths, read_options(None, None, None, "UTC"))
        writer = open_writer(search)
        with open_ledger(search) as ledger:
            run_ingest(given, load_settings(), writer, ledger=ledger)
        writer.close()

    def resolve(self) -> Resolved:
        writer = self.open()
        try:
            return resolve(writer, load_settings())
        finally:
            writer.close()

    def open(self) -> Writer:
        writer = open_writer(self.settings())
        writer.prepare()
        return writer

    def documents(self) -> Stored:
        return self.place.contents()[0]


@pytest.fixture
def desk(place: Place) -> Desk:
    return Desk(place)


def prose(seed: int) -> list[str]:
    chance = random.Random(seed)
    words = [
        f"{a}{b}" for a in ("mo", "ba", "ter", "lin", "sa") for b in ("ra", "del", "wick", "ton")
    ]
    return [
        f"The {' '.join(chance.choice(words) for _ in range(18))} of {chance.randrange(99)} boats."
        for _ in range(6)
    ]


def article(
    number: int, source: str, name: str, *, seed: int | None = None, signed: bool = False
) -> dict[str, Any]:
    lines = prose(number if seed is None else seed)
    lines.insert(
        2, f"The mole was opened by {name} at {number} in the afternoon, as the council had asked."
    )
    return {
        "id": f"n{number:02}",
        "title": f"Boats of number {number} reach the harbour",
        "source": source,
        "text": "\n\n".join([*lines, *([SIGN_UP] if signed else [])]),
    }


def write_files(folder: Path) -> tuple[Path, Path]:
    """Two files that teach only together: three signed articles each, reprints across them."""
    folder.mkdir(exist_ok=True)
    first = [
        *(article(n, "Post", "Sebastian Pinera", signed=n < 3) for n in range(5)),
        article(5, "Herald", "Jean Moreau"),
        article(6, "Herald", "Jean Moreau", seed=100),
    ]
    second = [
        *(article(n, "Post", "Sebastián Piñera", signed=n < 13) for n in range(10, 14)),
        article(14, "Herald", "Jéan Moreau"),
        article(15, "Courier", "Jéan Moreau", seed=100),
        article(16, "Tribune", "Jean Moreau", seed=3),
    ]
    paths = []
    for name, records in (("a", first), ("b", second)):
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return paths[0], paths[1]


def check_known(documents: Stored) -> None:
    """What both files together teach has come over every document."""
    assert len(documents) == 14
    assert not [each for each in documents.values() if SIGN_UP in each["text"]]
    people = {name for each in documents.values() for name in each.get("people", ())}
    assert {"Sebastian Pinera", "Jean Moreau"} <= people
    assert not {"Sebastián Piñera", "Jéan Moreau"} & people
    groups = {
        key: each["reprint_group"] for key, each in documents.items() if "reprint_group" in each
    }
    assert groups == {
        "Herald:n06": "Courier:n15",
        "Courier:n15": "Courier:n15",
        "Post:n03": "Post:n03",
        "Tribune:n16": "Post:n03",
    }


def test_the_order_of_ingests_and_the_number_of_resolves_change_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one)
    desk.resolve()
    desk.ingest(two)
    desk.resolve()
    check_known(desk.documents())
    other, both = Desk(desk.place.beside("-other")), Desk(desk.place.beside("-both"))
    other.ingest(two)
    other.ingest(one)
    both.ingest(one, two)
    assert other.resolve().knowledge.version == both.resolve().knowledge.version
    check_alike(other.place, desk.place)
    check_alike(both.place, desk.place)


def test_two_data_folders_end_as_one(desk: Desk, tmp_path: Path) -> None:
    if desk.place.url is None:
        pytest.skip("the embedded engine has its archive in the data folder")
    one, two = write_files(tmp_path / "in")
    second = Desk(replace(desk.place, data=tmp_path / "elsewhere"))
    desk.ingest(one)
    second.ingest(two)
    second.resolve()
    check_known(desk.documents())
    check_ledger(desk.place)
    check_ledger(second.place)


def test_only_what_changes_is_rewritten_and_the_second_time_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    before = desk.documents()
    done = desk.resolve()
    after = desk.documents()
    changed = {key for key in before if before[key] != after[key]}
    assert done.rewritten == len(changed) < len(before)
    assert (done.remade, dict(done.dropped)) == (6, {"Post": 6})
    assert {key: each["revision"] for key, each in before.items()} == {
        key: each["revision"] for key, each in after.items()
    }
    again = desk.resolve()
    assert (again.rewritten, again.knowledge) == (0, done.knowledge)
    assert desk.documents() == after


def test_an_ingest_makes_documents_as_the_snapshot_in_force_says(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    desk.resolve()
    late = tmp_path / "late.jsonl"
    late.write_text(json.dumps(article(40, "Post", "Sebastián Piñera", signed=True)))
    desk.ingest(late)
    found = desk.documents()["Post:n40"]
    assert "Sebastian Pinera" in found["people"]
    assert SIGN_UP not in found["text"]
    assert desk.resolve().rewritten == 0


def test_what_an_indexer_with_an_older_snapshot_wrote_is_found(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    desk.resolve()
    wanted = desk.documents()
    records = [json.loads(line) for line in one.read_text().splitlines()]
    one.write_text("".join(f"{json.dumps({**each, 'extra': 1})}\n" for each in records))
    monkeypatch.setattr(running, "find_knowledge", lambda _writer: resolving.NOTHING_KNOWN)
    desk.ingest(one)
    assert desk.resolve().rewritten > 0
    found = desk.documents()
    for each in (*found.values(), *wanted.values()):
        del each["content_hash"]
    assert found == wanted


def test_what_is_withdrawn_is_no_evidence_any_more(desk: Desk, tmp_path: Path) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    desk.resolve()
    writer = desk.open()
    for gone in ("Courier:n15", "Post:n00", "Post:n01"):
        writer.withdraw(gone, "a court order")
    writer.close()
    done = desk.resolve()
    documents = desk.documents()
    assert set(done.knowledge.groups) == {"Post:n03", "Tribune:n16"}
    assert "reprint_group" not in documents["Herald:n06"]
    assert done.knowledge.lines == {}
    assert SIGN_UP in documents["Post:n02"]["text"]
    assert "Courier:n15" not in documents
    assert desk.resolve().rewritten == 0


def test_after_a_rollback_a_resolve_brings_the_older_index_up_to_date(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    writer = desk.open()
    writer.rebuild()
    resolve(writer, load_settings())
    writer.rollback()
    writer.refresh()
    resolve(writer, load_settings())
    writer.close()
    check_known(desk.documents())
    assert desk.resolve().rewritten == 0


@pytest.mark.promise(
    "kill -9 of a resolve at random moments", "the next one ends as an undisturbed one"
)
def test_killed_at_random_moments_and_run_again_it_ends_as_undisturbed(
    desk: Desk, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    one, two = write_files(tmp_path / "in")
    undisturbed = Desk(desk.place.beside("-once"))
    for each in (desk, undisturbed):
        each.ingest(one, two)
    undisturbed.resolve()
    chance = random.Random(7)
    for _ in range(KILLS):
        with desk.place.start("resolve") as command:
            time.sleep(0.5 + chance.random() * 1.5)
            command.kill()
            command.communicate()
    done = desk.place.run("resolve")
    assert done.returncode == 0, done.stderr
    check_alike(desk.place, undisturbed.place, record_property)
    assert desk.place.ask("resolve")["rewritten"] == 0
    record_property("tries", KILLS)
    record_property("kills", KILLS)


def test_killed_between_two_batches_it_goes_on_where_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    monkeypatch.setattr(resolving, "_CHUNK", 2)
    writer = desk.open()
    batches, write = iter(range(2)), writer.write

    def die_soon(*given: Any) -> Any:
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return write(*given)

    monkeypatch.setattr(writer, "write", die_soon)
    with pytest.raises(KeyboardInterrupt):
        resolve(writer, load_settings())
    writer.close()
    assert desk.resolve().rewritten > 0
    check_known(desk.documents())
    assert desk.resolve().rewritten == 0


@pytest.mark.parametrize("gone", ["Courier:n15", "Post:n00"])
def test_what_is_withdrawn_while_a_resolve_is_at_work_stays_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    writer = desk.open()
    write = writer.write

    def write_late(originals: Any, documents: Any) -> Any:
        if any(each.id == gone for each in documents):
            writer.withdraw(gone, "a court order")
        return write(originals, documents)

    monkeypatch.setattr(writer, "write", write_late)
    resolve(writer, load_settings())
    writer.close()
    documents, originals = desk.place.contents()
    assert (gone in documents, originals[gone]["outcome"]) == (False, "withdrawn")
    assert desk.place.run("verify").returncode == 0


def test_one_resolve_at_a_time_and_the_one_of_an_ingest_waits(desk: Desk, tmp_path: Path) -> None:
    one, two = write_files(tmp_path / "in")
    desk.ingest(one, two)
    writer, said = desk.open(), []
    holding = writer.hold("resolve")
    holding.__enter__()

    def give_way(_seconds: float) -> None:
        holding.__exit__(None, None, None)

    with pytest.raises(EngineBusy):
        resolve(writer, load_settings())
    done = resolve_in_turn(writer, load_settings(), said.append, give_way)
    writer.close()
    assert done.rewritten > 0
    (line,) = said
    assert "waiting" in line


def test_the_command_line_tells_what_is_known(desk: Desk, tmp_path: Path) -> None:
    one, two = write_files(tmp_path / "in")
    assert desk.place.ask("ingest", str(one), "--no-resolve")["resolve"] is None
    told = desk.place.ask("ingest", str(two))["resolve"]
    assert (told["articles"], told["groups"], told["dropped_lines"]) == (14, 2, 6)
    assert told["rewritten"] > 0
    found = desk.place.ask("resolve")
    assert found["rewritten"] == 0
    assert (found["knowledge"]["lines"], found["dropped_by_source"]) == ({"Post": 1}, {"Post": 6})
    assert {each["name"] for each in found["knowledge"]["names"]} == {
        "Sebastian Pinera",
        "Jean Moreau",
    }
    assert found["knowledge"]["groups"]["Post:n03"] == ["Post:n03", "Tribune:n16"]
    status = desk.place.ask("status")["knowledge"]
    assert (status["version"], status["groups"]) == (found["version"], 2)
    shown = desk.place.run("resolve").stdout
    assert "person Sebastian Pinera: also Sebastián Piñera" in shown
    assert "source Post: lines that it repeats: 1, left out 6 times" in shown


def test_an_archive_that_is_not_there_is_not_made(desk: Desk) -> None:
    done = desk.place.run("resolve")
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1

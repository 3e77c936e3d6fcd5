"""Ingests through a proxy that breaks what it can: they wait, or say what to do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import servers
from faults import proxy
from faults.archives import Place, check_alike, check_ledger
from faults.quick import SHORT
from faults.rewriting import half_put_off
from promises import ENDURANCE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Tell = Callable[[str, object], None]

LASTING = 60.0 if ENDURANCE else 1.0
"""Seconds for which a fault lasts that passes."""
AWAY_LIMIT = 20
"""Requests a minute that an ingest may send to a server that is away."""
BODY = "The harbour of Port Ellery was closed on Monday. Fishermen waited for the channel."


@pytest.fixture(scope="module")
def input_path(few_articles: Path, corpora: Path) -> Path:
    return corpora / "yahoo-finance-2017.json.xz" if ENDURANCE else few_articles


@pytest.fixture(scope="module")
def undisturbed(input_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("undisturbed"))
    assert place.run("ingest", str(input_path)).returncode == 0
    return place


class Faulty:
    """One archive, the way to it through the proxy, and what an ingest over it must come to."""

    def __init__(
        self, place: Place, door: proxy.Proxy, path: Path, undisturbed: Place, tell: Tell
    ) -> None:
        self.place, self.door, self.path = place, door, path
        self.undisturbed, self.tell = undisturbed, tell
        self.through = place.by_way_of(door.secret_url)
        self.knocks = 0

    def ingest(self) -> subprocess.CompletedProcess[str]:
        """The whole ingest; whatever comes of it, it tells no secret and ends in one line."""
        began = time.monotonic()
        done = self.through.run("ingest", str(self.path), **SHORT)
        self.tell("seconds", round(time.monotonic() - began))
        assert proxy.SECRET not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    def outlast(self, fault: proxy.Fault, lasting: float = LASTING) -> None:
        """An ingest that meets the fault after its first writes, and outlasts it."""
        begun, lost = [], proxy.after(2, fault)

        def passing(exchange: proxy.Exchange) -> None:
            if exchange.kind == "_bulk":
                begun.append(time.monotonic())
            over = len(begun) > 2 and time.monotonic() - begun[2] > lasting
            (proxy.healthy if over else lost)(exchange)

        self.door.fault = passing
        done = self.ingest()
        assert done.returncode == 0, done.stderr
        assert len(begun) > 2, "the fault was never met"
        self.check()

    def give_up(self, fault: proxy.Fault, wanted: str) -> None:
        """An ingest that gives up with one line, and is finished by the same command."""
        self.door.fault = proxy.after(2, fault)
        done = self.ingest()
        met = [each.at for each in self.door.seen if each.kind == "_bulk"][2]
        self.knocks = self.door.busiest_minute(met)
        assert done.returncode == 4, done.stderr
        last = done.stderr.strip().splitlines()[-1]
        assert last.startswith("dateline: ")
        assert wanted in last
        assert "the same" in last
        self.door.fault = proxy.healthy
        assert self.ingest().returncode == 0
        self.check()

    def check(self) -> None:
        """As an undisturbed run, and the ledger is whole."""
        check_alike(self.place, self.undisturbed, self.tell)
        check_ledger(self.place)


@pytest.fixture
def faulty(
    place: Place,
    between: proxy.Proxy,
    input_path: Path,
    undisturbed: Place,
    record_property: Tell,
) -> Faulty:
    return Faulty(place, between, input_path, undisturbed, record_property)


BUSY = proxy.refusing(429, "es_rejected_execution_exception")
AWAY = proxy.refusing(503, "no_shard_available_action_exception")


@pytest.mark.promise("429 for a while", "an ingest waits and goes on; nothing lost, nothing twice")
def test_an_ingest_outlasts_a_server_that_is_busy(faulty: Faulty) -> None:
    faulty.outlast(BUSY)


@pytest.mark.promise("429 with Retry-After", "an ingest comes again no sooner than it was told")
def test_an_ingest_comes_again_when_it_was_told_to(faulty: Faulty) -> None:
    told = 2
    faulty.door.fault = proxy.sometimes(
        proxy.refusing(429, "es_rejected_execution_exception", told), 5, "_bulk"
    )
    done = faulty.through.run("ingest", str(faulty.path))  # pauses as they are
    assert done.returncode == 0, done.stderr
    bulks = [each for each in faulty.door.seen if each.kind == "_bulk"]
    refused = bulks[0]
    again = next(each for each in bulks[1:] if each.body == refused.body)
    faulty.tell("came again after, s", round(again.at - refused.at, 1))
    assert again.at - refused.at >= told
    faulty.check()


@pytest.mark.promise("429 on half of a bulk", "only those documents come again; nothing lost")
def test_documents_that_are_put_off_come_again(faulty: Faulty) -> None:
    faulty.door.fault = half_put_off
    assert faulty.ingest().returncode == 0
    faulty.check()


@pytest.mark.promise("503 for a while", "an ingest waits and goes on; nothing lost, nothing twice")
def test_an_ingest_outlasts_a_server_that_has_no_shards(faulty: Faulty) -> None:
    faulty.outlast(AWAY)


@pytest.mark.skipif(not ENDURANCE, reason="in .ci/run one fault that stays is enough: the next")
@pytest.mark.promise("busy for good", "an ingest ends with code 4 and what to do, then goes on")
def test_an_ingest_gives_up_on_a_server_that_stays_busy(faulty: Faulty) -> None:
    faulty.give_up(BUSY, "429")


@pytest.mark.promise("engine away", "at most 20 requests a minute come from an ingest; code 4")
def test_an_ingest_seldom_knocks_at_a_server_that_is_away(faulty: Faulty) -> None:
    faulty.give_up(AWAY, "503")
    faulty.tell("most requests in a minute", faulty.knocks)
    assert faulty.knocks <= AWAY_LIMIT


@pytest.mark.promise("black hole", "an ingest hangs up, asks again, and loses nothing")
def test_an_ingest_gets_out_of_a_black_hole(faulty: Faulty) -> None:
    faulty.outlast(proxy.black_hole, 30.0 if ENDURANCE else 1.0)


@pytest.mark.promise("connections refused for a while", "an ingest waits; nothing lost or twice")
def test_an_ingest_outlasts_a_closed_port(faulty: Faulty) -> None:
    def shut(exchange: proxy.Exchange) -> None:
        faulty.door.refuse()
        time.sleep(LASTING)
        faulty.door.fault = proxy.healthy
        faulty.door.listen()

    faulty.door.fault = proxy.after(2, shut)
    assert faulty.ingest().returncode == 0
    faulty.check()


@pytest.mark.promise("trickle (2 kB/s)", "an ingest takes its answers as slowly as they come")
def test_an_ingest_reads_answers_that_trickle(faulty: Faulty) -> None:
    faulty.door.fault = proxy.sometimes(proxy.trickle(2_000), 3, "_bulk")
    assert faulty.ingest().returncode == 0
    faulty.check()


@pytest.mark.promise("latency (up to 0.5 s a request)", "an ingest takes longer, and that is all")
def test_an_ingest_through_a_long_line(faulty: Faulty) -> None:
    faulty.door.fault = proxy.latency(0.5 if ENDURANCE else 0.2)
    assert faulty.ingest().returncode == 0
    faulty.check()


@pytest.mark.promise("connection reset amid an answer", "what was written is not written twice")
def test_an_ingest_whose_answers_are_cut(faulty: Faulty) -> None:
    faulty.outlast(proxy.sometimes(proxy.reset_amid, 2))


@pytest.mark.promise("reply lost after it was applied", "0 twice, and no false refusal")
def test_an_ingest_whose_answers_are_lost(faulty: Faulty) -> None:
    faulty.door.fault = proxy.sometimes(proxy.lose_reply, 2, "_bulk")
    done = faulty.ingest()
    assert done.returncode == 0, done.stderr
    faulty.check()


def put(url: str, path: str, body: dict[str, Any]) -> None:
    servers.ask(f"{url}/{path}", method="PUT", body=body)


@pytest.mark.promise(
    "index read-only (flood stage)", "an ingest ends with code 4 and the remedy; searches go on"
)
def test_an_ingest_into_a_read_only_index_says_the_remedy(faulty: Faulty) -> None:
    url, index = faulty.place.url or "", faulty.place.index
    assert faulty.place.run("ingest", str(faulty.path)).returncode == 0
    block = "index.blocks.read_only_allow_delete"
    for alias in (index, f"{index}-originals"):
        put(url, f"{alias}/_settings", {block: True})
    late = faulty.place.data.with_name("late.txt")
    late.write_text(f"Late edition\n\n{BODY}\n")
    began = time.monotonic()
    done = faulty.through.run("ingest", str(late))
    assert time.monotonic() - began < 30, "a block does not pass by waiting"
    assert done.returncode == 4
    assert "watermark" in done.stderr.splitlines()[-1]
    documents, _ = faulty.place.contents()
    assert documents
    for alias in (index, f"{index}-originals"):
        put(url, f"{alias}/_settings", {block: None})
    assert faulty.place.run("ingest", str(late)).returncode == 0
    assert len(faulty.place.contents()[0]) == len(documents) + 1
    check_ledger(faulty.place)


@pytest.mark.promise("cluster read-only", "an ingest ends with code 4 and the remedy, then goes on")
def test_an_ingest_into_a_read_only_cluster_says_the_remedy(faulty: Faulty) -> None:
    url, block = faulty.place.url or "", "cluster.blocks.read_only_allow_delete"
    assert faulty.place.run("status").returncode == 4
    first = faulty.place.data.with_name("first.txt")
    first.write_text(f"First edition\n\n{BODY}\n")
    assert faulty.place.run("ingest", str(first)).returncode == 0
    put(url, "_cluster/settings", {"persistent": {block: True}})
    try:
        done = faulty.through.run("ingest", str(faulty.path))
    finally:
        put(url, "_cluster/settings", {"persistent": {block: None}})
    assert done.returncode == 4
    assert "cluster.blocks" in done.stderr.splitlines()[-1]
    assert faulty.place.run("ingest", str(faulty.path)).returncode == 0
    check_ledger(faulty.place)

"""Keys of the server, tried on a real one: each may do its work, and not a thing beyond it."""

from __future__ import annotations

import threading
import uuid
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from contract.keyed import (
    DEEDS,
    GONE,
    LOOKS,
    READS,
    REBUILDS,
    STORY,
    WRITES,
    Deed,
    fill,
    make_older,
    opened,
    settings_of,
)
from elasticsearch import ElasticsearchWarning
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import DatelineError, EngineRefused, SettingsError
from dateline.search.elastic import keys as engine_keys
from dateline.search.elastic.keys import ENGINE_ROLES, RIGHTS, EngineKeys
from dateline.search.elastic.swapping import Swap
from dateline.search.opening import open_engine_keys
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servers import Secured

    from dateline.search.elastic.keys import EngineRole

TAKEN = [
    (role, part, right)
    for role in ENGINE_ROLES
    for part in ("cluster", "aliases", "indices")
    for right in getattr(RIGHTS[role], part)
]


@pytest.fixture
def index(secured_elasticsearch: Secured) -> Iterator[str]:
    """An archive of this test's own, with neighbours whose names come as near as they can."""
    name = f"keys-{uuid.uuid4().hex[:8]}"
    yield name
    listed = secured_elasticsearch.ask(f"/_cat/indices/{name}*?format=json&h=index")
    for row in listed:
        secured_elasticsearch.ask(f"/{row['index']}", method="DELETE")


@pytest.fixture
def admin(secured_elasticsearch: Secured, index: str) -> SearchSettings:
    return settings_of(secured_elasticsearch, index)


@pytest.fixture
def office(admin: SearchSettings) -> Iterator[EngineKeys]:
    with closing(open_engine_keys(admin)) as office:
        yield office


def keyed(server: Secured, office: EngineKeys, index: str, role: EngineRole) -> SearchSettings:
    return settings_of(server, index, office.add(f"a-{role}", role))


def indices_of(server: Secured, index: str) -> Any:
    """Which there are, and where each alias leads."""
    return server.ask(f"/{index}*/_alias")


def put(server: Secured, path: str, body: Any) -> None:
    server.ask(path, method="PUT", body=body)


def refusal(deed: Deed, settings: SearchSettings) -> str:
    with opened(settings) as archive, pytest.raises(EngineRefused) as caught:
        deed(archive)
    return str(caught.value)


def is_refused(deed: Deed, settings: SearchSettings) -> bool:
    with opened(settings) as archive:
        try:
            deed(archive)
        except (EngineRefused, ElasticsearchWarning):  # a warning: it will be refused some day
            return True
        return False


@pytest.mark.parametrize("role", ENGINE_ROLES)
def test_a_key_may_do_everything_that_its_role_does(
    secured_elasticsearch: Secured,
    office: EngineKeys,
    admin: SearchSettings,
    index: str,
    role: EngineRole,
) -> None:
    fill(admin)
    settings = keyed(secured_elasticsearch, office, index, role)
    for deed in DEEDS[role].values():
        with opened(settings) as archive:
            deed(archive)


@pytest.mark.parametrize(("role", "part", "right"), TAKEN)
def test_no_right_can_be_spared(  # noqa: PLR0913, PLR0917  # fixtures and the three facts
    secured_elasticsearch: Secured,
    office: EngineKeys,
    admin: SearchSettings,
    index: str,
    monkeypatch: pytest.MonkeyPatch,
    role: EngineRole,
    part: str,
    right: str,
) -> None:
    fill(admin)
    whole = RIGHTS[role]
    fewer = replace(whole, **{part: tuple(each for each in getattr(whole, part) if each != right)})
    monkeypatch.setattr(engine_keys, "RIGHTS", {**RIGHTS, role: fewer})
    settings = settings_of(secured_elasticsearch, index, office.add("fewer", role))
    make_older(secured_elasticsearch, index)
    with opened(admin) as archive:
        archive.fill([STORY, GONE])

    assert any(is_refused(deed, settings) for deed in DEEDS[role].values())


def test_a_reader_changes_nothing(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    settings = keyed(secured_elasticsearch, office, index, "reader")
    before = indices_of(secured_elasticsearch, index)

    for name, deed in (WRITES | REBUILDS).items():
        assert "--role" in refusal(deed, settings), name

    assert indices_of(secured_elasticsearch, index) == before
    with opened(admin) as archive:
        assert archive.ids() == {STORY.id, GONE.id}


def test_what_a_reader_may_not_write_is_no_rejected_article(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    settings = keyed(secured_elasticsearch, office, index, "reader")

    assert "indices:data/write/bulk" in refusal(WRITES["write"], settings)


def test_a_writer_cannot_rebuild_and_is_told_who_can(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    with opened(admin) as archive:
        archive.writer.rebuild()  # so that there is something to go back to
    settings = keyed(secured_elasticsearch, office, index, "writer")
    before = indices_of(secured_elasticsearch, index)

    for name, deed in REBUILDS.items():
        assert "`rebuilder` also rebuilds" in refusal(deed, settings), name

    assert indices_of(secured_elasticsearch, index) == before


@pytest.mark.parametrize("ending", ["-two", "-v1-two", "-originals-two"])
def test_no_key_reaches_another_archive(
    secured_elasticsearch: Secured, office: EngineKeys, index: str, ending: str
) -> None:
    fill(settings_of(secured_elasticsearch, index + ending))
    before = indices_of(secured_elasticsearch, index + ending)

    for role in ENGINE_ROLES:
        settings = keyed(secured_elasticsearch, office, index + ending, role)
        for name, deed in (READS | LOOKS | WRITES | REBUILDS).items():
            assert refusal(deed, settings), (role, name)

    assert indices_of(secured_elasticsearch, index + ending) == before


def test_an_article_that_was_withdrawn_after_a_rebuild_is_out_of_reach_in_the_index_before(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    with opened(admin) as archive:
        replaced = archive.writer.rebuild()
        archive.writer.withdraw(GONE.id, "court order")
    found = secured_elasticsearch.ask(f"/{replaced.before}/_doc/{GONE.id}")
    assert found["found"], "the way back still holds it"

    for role in ("reader", "writer"):
        settings = keyed(secured_elasticsearch, office, index, role)
        before = settings.model_copy(update={"index": replaced.before})
        assert "this key may not" in refusal(READS["search"], before)


def test_searches_and_writes_with_their_keys_do_not_notice_a_rebuild(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    reading = keyed(secured_elasticsearch, office, index, "reader")
    writing = keyed(secured_elasticsearch, office, index, "writer")
    rebuilding = keyed(secured_elasticsearch, office, index, "rebuilder")
    over, faults, done = threading.Event(), [], {"searches": 0, "writes": 0}

    def repeat(kind: str, settings: SearchSettings, deed: Deed) -> None:
        with opened(settings) as archive:
            while not over.is_set():
                try:
                    deed(archive)
                except DatelineError as error:
                    faults.append(error)
                done[kind] += 1

    threads = [
        threading.Thread(target=repeat, args=("searches", reading, READS["search"])),
        threading.Thread(target=repeat, args=("writes", writing, WRITES["write"])),
    ]
    for thread in threads:
        thread.start()
    try:
        with opened(rebuilding) as archive:
            archive.writer.rebuild()
            archive.writer.rollback()
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not faults
    assert min(done.values()) > 5


def test_a_rebuild_that_was_cut_short_stops_a_writer_and_a_rebuilder_ends_it(
    secured_elasticsearch: Secured,
    office: EngineKeys,
    admin: SearchSettings,
    index: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(admin)
    writer = keyed(secured_elasticsearch, office, index, "writer")
    rebuilder = keyed(secured_elasticsearch, office, index, "rebuilder")
    with monkeypatch.context() as patch, opened(rebuilder) as archive:
        patch.setattr(Swap, "settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            archive.writer.rebuild()

    assert "`dateline rebuild` once with the key of a rebuilder" in refusal(
        WRITES["prepare"], writer
    )
    with opened(rebuilder) as archive:
        archive.writer.rebuild()
    with opened(writer) as archive:
        archive.writer.prepare()
        assert archive.ids() == {STORY.id, GONE.id}


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_writers_key_makes_the_archive_that_a_writer_may_not_make(
    secured_elasticsearch: Secured, office: EngineKeys, index: str
) -> None:
    key = office.add("night", "writer")
    with opened(settings_of(secured_elasticsearch, index, key)) as archive:
        archive.writer.prepare()
        assert archive.status().articles == 0
    for name in indices_of(secured_elasticsearch, index):
        secured_elasticsearch.ask(f"/{name}", method="DELETE")

    said = refusal(WRITES["prepare"], settings_of(secured_elasticsearch, index, key))
    assert f"there is no archive {index}" in said
    assert "`dateline keys elasticsearch add NAME --role writer`" in said


def test_an_upgraded_program_adds_its_new_fields_with_a_writers_key(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    """Warnings are errors here: the server warns of rights that it will not grant for ever."""
    key = office.add("night", "writer")
    make_older(secured_elasticsearch, index)

    with opened(settings_of(secured_elasticsearch, index, key)) as archive:
        archive.writer.prepare()

    ((_, body),) = secured_elasticsearch.ask(f"/{index}/_mapping").items()
    assert "section" in body["mappings"]["properties"]


def test_a_revoked_key_is_refused_at_once_and_another_archives_key_of_that_name_stays(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    others = EngineKeys(settings_of(secured_elasticsearch, f"{index}-two"))
    with closing(others):
        others.add("api", "reader")
        settings = settings_of(secured_elasticsearch, index, office.add("api", "reader"))
        assert office.revoke("api") == 1

        assert "has been invalidated" in refusal(READS["search"], settings)
        assert [key.name for key in others.listed()] == ["api"]
        with pytest.raises(SettingsError, match="has no key api"):
            office.revoke("api")


def test_a_key_cannot_make_keys_and_is_told_who_can(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    whole = secured_elasticsearch.ask("/_security/api_key", "POST", {"name": "of the superuser"})
    for key in (whole["encoded"], office.add("api", "reader")):
        asked = EngineKeys(settings_of(secured_elasticsearch, index, key))
        with closing(asked), pytest.raises(EngineRefused) as caught:
            asked.add("second", "reader")
        assert "an API key cannot manage keys" in str(caught.value)
        assert "user and password" in str(caught.value)
        assert key not in str(caught.value)


def test_a_user_cannot_give_what_he_has_not(
    secured_elasticsearch: Secured, office: EngineKeys, admin: SearchSettings, index: str
) -> None:
    fill(admin)
    role = {
        "cluster": ["manage_api_key", "monitor"],
        "indices": [{"names": [f"{index}*"], "privileges": ["read", "view_index_metadata"]}],
    }
    put(secured_elasticsearch, "/_security/role/clerk", role)
    put(
        secured_elasticsearch, "/_security/user/clerk", {"password": "p4ssword", "roles": ["clerk"]}
    )
    url = secured_elasticsearch.url.replace("https://", "https://clerk:p4ssword@")
    clerk = admin.model_copy(update={"elasticsearch_url": type(admin.elasticsearch_url)(url)})

    with closing(EngineKeys(clerk)) as asked:
        with pytest.raises(EngineRefused, match="may not give") as caught:
            asked.add("night", "writer")
        asked.add("api", "reader")

    assert "write" in str(caught.value)
    assert "p4ssword" not in str(caught.value)
    assert [key.name for key in office.listed()] == ["api"]


def test_a_server_that_lets_everybody_in_says_that_it_knows_no_keys(elasticsearch_url: str) -> None:
    settings = SearchSettings(elasticsearch_url=elasticsearch_url)
    with closing(EngineKeys(settings)) as asked, pytest.raises(EngineRefused) as caught:
        asked.add("api", "reader")
    assert "xpack.security.enabled" in str(caught.value)


@pytest.fixture
def asked(
    secured_elasticsearch: Secured, index: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_ELASTICSEARCH_URL", secured_elasticsearch.superuser_url)
    monkeypatch.setenv("DATELINE_CA_CERTS", str(secured_elasticsearch.ca))
    monkeypatch.setenv("DATELINE_INDEX", index)


def call(*arguments: str, code: int = 0) -> Any:
    answer = CliRunner().invoke(cli.app, ["keys", "elasticsearch", *arguments])
    assert answer.exit_code == code, answer.output
    return answer


@pytest.mark.usefixtures("asked")
def test_a_key_in_a_file_is_kept_while_it_serves_and_renewed_when_it_does_not(
    tmp_path: Path, secured_elasticsearch: Secured, office: EngineKeys, index: str
) -> None:
    file = tmp_path / "api.key"
    add = ("add", "api", "--role", "reader", "--to", str(file), "--renew")

    assert call(*add).stdout == ""
    first = file.read_text()
    assert (file.stat().st_mode & 0o777) == 0o600
    assert "kept" in call(*add).stderr
    assert file.read_text() == first

    office.revoke("api")
    call(*add)
    second = file.read_text()
    assert second != first
    file.unlink()
    call(*add)
    assert file.read_text() not in {first, second}
    assert [key.name for key in office.listed()] == ["api"]


@pytest.mark.usefixtures("asked")
def test_a_key_is_shown_once_and_never_again(
    office: EngineKeys, secured_elasticsearch: Secured
) -> None:
    shown = call("add", "api", "--role", "reader", "--expires", "90d")
    key = shown.stdout.strip()

    assert key not in shown.stderr
    assert office.serves(key, "reader")
    assert not office.serves(key, "writer")
    for arguments in (("list",), ("list", "--json")):
        told = call(*arguments).output
        assert "api" in told
        assert key not in told
        assert secured_elasticsearch.password not in told
    again = call("add", "api", "--role", "reader", code=2)
    assert "revoke api" in again.stderr
    call("add", "a b", "--role", "reader", code=2)
    call("add", "other", "--role", "reader", "--expires", "soon", code=2)
    assert "api is revoked" in call("revoke", "api").output
    assert not office.serves(key, "reader")


@pytest.mark.usefixtures("asked")
def test_a_key_that_finds_no_place_is_revoked_again(office: EngineKeys, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "no" / "where")
    refused = call("add", "api", "--role", "reader", "--to", nowhere, code=2)
    assert "cannot be written" in refused.stderr
    assert office.listed() == []

    (tmp_path / "empty").touch()
    call("add", "api", "--role", "reader", "--to", str(tmp_path / "empty"))
    assert office.serves((tmp_path / "empty").read_text().strip(), "reader")


@pytest.mark.usefixtures("asked")
def test_a_renewal_that_fails_leaves_the_key_of_before_in_force(
    office: EngineKeys, tmp_path: Path
) -> None:
    first = call("add", "api", "--role", "reader").stdout.strip()
    call("add", "api", "--role", "reader", "--renew", "--expires", "soon", code=2)
    nowhere = str(tmp_path / "no" / "where")
    call("add", "api", "--role", "reader", "--renew", "--to", nowhere, code=2)

    assert office.serves(first, "reader")
    assert len(office.listed()) == 1

    second = call("add", "api", "--role", "reader", "--renew").stdout.strip()

    assert office.serves(second, "reader")
    assert not office.serves(first, "reader")

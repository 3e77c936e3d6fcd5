"""Who may come in: keys, their roles, their file while the service runs; and what nobody sees."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from api import keys
from api.app import ROUTES, create_app
from api.doors import KeyNamer, Rooms, asker
from api.errors import PROBLEM_TYPE
from api.keys import KeyRing, add_key, digest_token, find_key, parse_keys, read_keys, revoke_key
from api.settings import ApiSettings
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fake_reader import FakeReader

OPEN = {"/", "/health", "/ready", "/docs", "/docs/assets", "/openapi.json"}
"""What everybody may ask. Whoever adds to this set has thought about it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.txt"


@pytest.fixture
def tokens(file: Path) -> dict[str, str]:
    return {
        "desk": add_key(file, "desk", {"read"}),
        "feeder": add_key(file, "feeder", {"ingest"}),
        "both": add_key(file, "both", {"read", "ingest"}),
    }


@pytest.fixture
def client(file: Path, tokens: dict[str, str], reader: FakeReader) -> Iterator[TestClient]:
    settings = ApiSettings(api_keys_file=file, cors_origins=("https://desk.example",))
    with TestClient(create_app(settings, reader), raise_server_exceptions=False) as client:
        yield client


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def iter_paths() -> Iterator[str]:
    """Every address of the app, whoever put it there."""
    for route in create_app(ApiSettings()).routes:
        if isinstance(route, (Route, Mount)):
            yield route.path
    for rooms in ROUTES.values():
        for room in rooms:
            yield from (each.path for each in room.router.routes if isinstance(each, Route))


def test_every_route_declares_its_role_and_only_these_are_open() -> None:
    rooms = Rooms.of({role: [room.router for room in each] for role, each in ROUTES.items()})
    declared = {path: rooms.role_of(re.sub(r"{\w+}", "x", path)) for path in iter_paths()}

    assert {path for path, role in declared.items() if role is None} == OPEN - {"/docs/assets"}
    assert rooms.role_of("/docs/assets/start.js") is None
    described = set(create_app(ApiSettings()).openapi()["paths"])
    assert described <= set(declared), "a route that no room holds"
    assert {declared[path] for path in described if path.startswith("/v1/")} == {"read"}


def test_an_address_that_nobody_declared_is_closed(client: TestClient) -> None:
    twice = f"{client.base_url}//health"  # "//health" alone would name a host
    for path in ("/nowhere", "/v1", "/v1/search/", "/docs/", "/metrics", twice, "/health/x"):
        assert client.get(path).status_code == 401, path


def test_what_is_open_stays_open(client: TestClient) -> None:
    for path in ("/health", "/ready", "/docs", "/docs/assets/start.js", "/openapi.json"):
        assert client.get(path).status_code == 200, path


def test_a_key_to_read_opens_every_question(client: TestClient, tokens: dict[str, str]) -> None:
    for name in ("desk", "both"):
        for path in ("/v1/search", "/v1/people", "/v1/status", "/v1/facets/place"):
            assert client.get(path, headers=bearing(tokens[name])).status_code == 200, path
        text = {"text": "One sentence stands here, of a few words. A second one follows it."}
        answer = client.post("/v1/summaries", json=text, headers=bearing(tokens[name]))
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer dateline_wrong"},
        {"Authorization": "Basic ZGVzazpwYXNz"},
        {"Authorization": "TOKEN"},
        {"Authorization": f"Bearer {'x' * 5000}"},
        {"Authorization": "Bearer \u00e9\u00e8".encode("latin-1").decode("latin-1")},
        {"X-API-Key": "TOKEN"},
    ],
    ids=str,
)
def test_without_a_key_in_force_the_answer_says_how_to_send_one(
    client: TestClient, tokens: dict[str, str], headers: dict[str, str]
) -> None:
    token = tokens["desk"]
    sent: Any = [
        (name, value.replace("TOKEN", token).encode("latin-1")) for name, value in headers.items()
    ]

    answer = client.get("/v1/search", headers=sent)

    assert answer.status_code == answer.json()["status"] == 401
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert answer.headers["www-authenticate"].startswith('Bearer realm="dateline"')
    assert "Authorization: Bearer" in answer.json()["detail"]
    assert token not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_key_in_the_address_is_no_key(client: TestClient, tokens: dict[str, str]) -> None:
    for name in ("access_token", "token", "api_key"):
        assert client.get("/v1/search", params={name: tokens["desk"]}).status_code == 401


def test_two_keys_at_once_are_none(client: TestClient, tokens: dict[str, str]) -> None:
    twice: Any = [("Authorization", f"Bearer {tokens[name]}") for name in ("desk", "both")]

    assert client.get("/v1/search", headers=twice).status_code == 401


def test_the_name_of_the_scheme_has_no_case(client: TestClient, tokens: dict[str, str]) -> None:
    headers = {"Authorization": f"bearer   {tokens['desk']} "}

    assert client.get("/v1/search", headers=headers).status_code == 200


def test_a_key_to_ingest_reads_nothing(client: TestClient, tokens: dict[str, str]) -> None:
    answer = client.get("/v1/search", headers=bearing(tokens["feeder"]))

    assert answer.status_code == answer.json()["status"] == 403
    assert answer.json()["code"] == "key_role"
    assert "feeder may ingest, this needs the role read" in answer.json()["detail"]
    assert "insufficient_scope" in answer.headers["www-authenticate"]
    assert tokens["feeder"] not in answer.text


def test_without_a_key_the_body_is_not_even_read(file: Path, tokens: dict[str, str]) -> None:
    app = create_app(ApiSettings(api_keys_file=file))
    heads = [(b"host", b"127.0.0.1:8000"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/v1/summaries", "headers": heads}
    sent: list[Any] = []

    async def receive() -> Any:
        raise AssertionError("it was read")

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app({**scope, "query_string": b""}, receive, send))
    assert sent[0]["status"] == 401


def test_a_page_of_another_host_may_ask_with_a_key(
    client: TestClient, tokens: dict[str, str]
) -> None:
    asked = {"Origin": "https://desk.example", "Access-Control-Request-Method": "GET"}
    headers = {**asked, "Access-Control-Request-Headers": "authorization"}

    before = client.options("/v1/search", headers=headers)
    assert before.status_code == 200
    assert "Authorization" in before.headers["access-control-allow-headers"]
    refused = client.get("/v1/search", headers={"Origin": "https://desk.example"})
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "https://desk.example"


def test_keys_are_asked_for_on_the_loopback_too_once_there_are_any(client: TestClient) -> None:
    assert client.base_url.host == "127.0.0.1"
    assert client.get("/v1/search").status_code == 401


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(keys, "monotonic", clock)
    return clock


def test_a_changed_file_counts_within_a_second_and_is_not_looked_at_more_often(
    file: Path, tokens: dict[str, str], clock: Clock
) -> None:
    ring = KeyRing(file)
    revoke_key(file, "desk")
    late = add_key(file, "late", {"read"})

    assert ring.find(tokens["desk"])
    assert ring.find(late) is None
    clock.now += 1.01
    assert ring.find(tokens["desk"]) is None
    assert ring.find(late)
    assert ring.find(tokens["both"])


@pytest.mark.parametrize("damage", ["broken line here", "", None])
def test_a_file_that_breaks_leaves_the_keys_in_force_and_is_told_of_once(
    file: Path,
    tokens: dict[str, str],
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    damage: str | None,
) -> None:
    ring = KeyRing(file)
    whole = file.read_text()
    if damage is None:
        file.unlink()
    else:
        file.write_text(whole + damage)
    for _ in range(5):
        clock.now += 1.01
        assert ring.find(tokens["desk"])
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(told) == (0 if damage == "" else 1)
    assert not any(token in record.getMessage() for record in told for token in tokens.values())

    file.write_text(whole.replace("desk", "gone", 1))
    clock.now += 1.01
    found = ring.find(tokens["desk"])
    assert found
    assert found.name == "gone"


def test_revoking_the_last_key_lets_nobody_in(file: Path, clock: Clock) -> None:
    token = add_key(file, "only", {"read"})
    ring = KeyRing(file)
    revoke_key(file, "only")
    clock.now += 1.01

    assert ring.find(token) is None
    with pytest.raises(SettingsError, match="holds no API key"):
        KeyRing(file)


def test_every_key_is_compared_whichever_fits(
    file: Path, tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    whole = keys.hmac.compare_digest

    def compare(ours: str, theirs: str) -> bool:
        compared.append(ours)
        return whole(ours, theirs)

    monkeypatch.setattr(keys.hmac, "compare_digest", compare)
    held = read_keys(file).values()
    for token in (*tokens.values(), "dateline_nobody"):
        compared.clear()
        find_key(token, held)
        assert compared == [key.digest for key in held]


GOOD = f"desk read {digest_token('t')} 2026-11-28"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("s3cret", "1 columns"),
        (f"{GOOD} s3cret", "5 columns"),
        (f"-s3cret read {digest_token('t')} 2026-11-28", "column 1"),
        (f"desk s3cret {digest_token('t')} 2026-11-28", "column 2"),
        (f"desk read, {digest_token('t')} 2026-11-28", "column 2"),
        ("desk read s3cret 2026-11-28", "column 3"),
        (f"desk read sha256:{'F' * 64} 2026-11-28", "column 3"),
        (f"desk read {digest_token('t')} s3cret", "column 4"),
        (f"{GOOD}\n{GOOD}", "a second key"),
    ],
)
def test_a_malformed_line_is_named_and_nothing_of_it_is_repeated(line: str, complaint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_keys(f"# ours\n\n{line}\n", "keys.txt")

    assert re.match(r"keys\.txt, line [34]: ", str(caught.value))
    assert complaint in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_comments_blank_lines_and_any_white_space_are_the_newsrooms_own() -> None:
    city = f"\tcity\tread,ingest\t{digest_token('u')}\t2026-01-02"
    held = parse_keys(f"# keys\n\n   \n{GOOD}   # night desk\n{city}\n", "keys.txt")

    assert {name: key.roles for name, key in held.items()} == {
        "desk": {"read"},
        "city": {"read", "ingest"},
    }


def test_adding_and_revoking_leaves_all_other_lines_as_they_are(file: Path) -> None:
    file.write_text(f"# our own heading\n{GOOD} # night desk")  # and no last line end
    add_key(file, "city", {"ingest"})
    assert file.read_text().startswith(f"# our own heading\n{GOOD} # night desk\ncity\tingest\t")
    revoke_key(file, "desk")
    assert file.read_text().splitlines()[0] == "# our own heading"
    assert list(read_keys(file)) == ["city"]
    assert (file.stat().st_mode & 0o777) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_tokens_are_long_differ_and_are_not_in_the_file(file: Path, tokens: dict[str, str]) -> None:
    assert len(set(tokens.values())) == 3
    for token in tokens.values():
        assert re.fullmatch(r"dateline_[A-Za-z0-9_-]{43}", token)
        assert token.removeprefix("dateline_") not in file.read_text()


def test_a_broken_or_taken_name_adds_nothing(file: Path, tokens: dict[str, str]) -> None:
    before = file.read_text()
    for name in ("desk", "a b", "#x", "", "x" * 65):
        with pytest.raises(SettingsError):
            add_key(file, name, {"read"})
    with pytest.raises(SettingsError, match="no key of that name"):
        revoke_key(file, "nobody")
    assert file.read_text() == before


def test_the_access_log_names_the_key_and_never_its_token(tokens: dict[str, str]) -> None:

    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, "%s %s", ("here:1", "GET"), None
    )
    reset = asker.set("desk")
    try:
        assert KeyNamer().filter(record)
    finally:
        asker.reset(reset)
    assert record.getMessage() == "here:1 (desk) GET"


def test_no_answer_and_no_log_line_holds_a_token(
    client: TestClient, tokens: dict[str, str], caplog: pytest.LogCaptureFixture, reader: FakeReader
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = ""
    for token in (*tokens.values(), "dateline_wrong"):
        for path in (*OPEN, "/v1/search", "/v1/search?plce=x", "/v1/articles/x", "/nowhere"):
            answer = client.get(path, headers=bearing(token))
            seen += answer.text + str(answer.headers)
    reader.failure = RuntimeError("ours")
    seen += client.get("/v1/search", headers=bearing(tokens["desk"])).text + caplog.text

    assert not any(token in seen for token in (*tokens.values(), "dateline_wrong"))


def test_the_description_offers_to_authorize_and_is_the_same_with_and_without_keys(
    client: TestClient,
) -> None:
    document = client.get("/openapi.json").json()

    assert document == create_app(ApiSettings()).openapi()
    assert document["components"]["securitySchemes"]["API key"]["scheme"] == "bearer"
    for path, operations in document["paths"].items():
        for operation in operations.values():
            asks = operation.get("security") == [{}, {"API key": []}]
            assert asks is path.startswith("/v1/"), path
            assert ({"401", "403"} <= operation["responses"].keys()) is asks, path

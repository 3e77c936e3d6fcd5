"""Swagger UI, its files, and the description it shows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from api.app import create_app
from api.docs import ASSETS
from api.examples import EXAMPLE_ID
from api.settings import ApiSettings
from dateline.documents import ArticleMetadata, RawArticle
from dateline.summaries.values import SUMMARIZERS
from dateline.text.spans import trace
from indexer.identity import find_id

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

DOCUMENT: dict[str, Any] = create_app(ApiSettings()).openapi()
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


def test_the_committed_description_is_the_one_that_is_served(
    root: Path, client: TestClient
) -> None:
    committed = json.loads((root / "openapi.json").read_text("utf-8"))

    assert committed == DOCUMENT, "run `make openapi`"
    assert client.get("/openapi.json").json() == committed


def test_every_operation_is_told_in_plain_words() -> None:
    assert len(OPERATIONS) == 14
    for path, _, operation in OPERATIONS:
        assert operation["summary"], path
        assert operation["description"].endswith("."), path
        assert len(operation["tags"]) == 1, path


def test_operation_ids_are_the_names_of_functions_and_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z]+(_[a-z]+)+", each) for each in ids)


def test_every_refusal_has_the_one_shape() -> None:
    for path, _, operation in OPERATIONS:
        refused = {int(each) for each in operation["responses"]} - {200}
        assert any(400 <= status < 500 for status in refused), path
        for status in refused:
            content = operation["responses"][str(status)]["content"]
            assert list(content) == ["application/problem+json"]
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]
    assert "Problem" in DOCUMENT["components"]["schemas"]


def test_every_answer_has_a_schema_that_is_there() -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DOCUMENT)))

    assert named <= set(DOCUMENT["components"]["schemas"])


def test_every_parameter_is_explained() -> None:
    for path, _, operation in OPERATIONS:
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (path, parameter["name"])
            assert "anyOf" not in parameter["schema"], (path, parameter["name"])


@pytest.mark.parametrize(
    ("path", "method", "operation"), OPERATIONS, ids=lambda value: str(value)[:40]
)
def test_every_operation_runs_as_its_boxes_are_filled(
    client: TestClient, path: str, method: str, operation: dict[str, Any]
) -> None:
    """Just as Swagger UI would send it: examples first, then defaults."""
    values = {each["name"]: filled(each) for each in operation.get("parameters", ())}
    address = path
    for name in re.findall(r"{(\w+)}", path):
        address = address.replace(f"{{{name}}}", str(values.pop(name)))
    body = None
    if "requestBody" in operation:
        body = DOCUMENT["components"]["schemas"]["SummaryRequest"]["examples"][0]
    given = {name: value for name, value in values.items() if value not in (None, [])}

    answer = client.request(method.upper(), address, params=given, json=body)

    found = 200 if "articles" not in path else 404  # the fake holds no sample
    assert answer.status_code == found, answer.text


def filled(parameter: dict[str, Any]) -> Any:
    for example in parameter.get("examples", {}).values():
        return example["value"]
    assert not parameter["required"], parameter["name"]
    return parameter["schema"].get("default")


def test_the_example_id_is_one_of_the_samples(root: Path) -> None:
    record = (root / "samples" / "2010-10-13-first-men-out.json").read_text("utf-8")
    url = json.loads(record)["articles"][0]["url"]
    article = RawArticle("", b"", trace(""), metadata=ArticleMetadata(url=url))

    assert find_id(article) == EXAMPLE_ID


def test_every_summarizer_can_be_asked_for() -> None:
    schema = DOCUMENT["components"]["schemas"]["SummaryRequest"]["properties"]["summarizer"]

    assert schema["enum"] == list(SUMMARIZERS)


@pytest.mark.parametrize("path", ["/v1/search", "/v1/people", "/v1/suggest", "/v1/facets/place"])
def test_lists_may_be_given_twice_and_all_else_once(client: TestClient, path: str) -> None:
    described = DOCUMENT["paths"][path.replace("/place", "/{field}")]["get"]["parameters"]
    for parameter in described:
        if parameter["in"] == "query":
            name, many = parameter["name"], parameter["schema"]["type"] == "array"
            answer = client.get(path, params=[(name, "a"), (name, "b")])
            assert ("twice" in answer.text) is not many, name


def test_the_page_asks_no_other_host_and_runs_no_inline_script(client: TestClient) -> None:
    answer = client.get("/docs")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', answer.text)

    assert len(addresses) == 5
    assert not any("//" in address for address in addresses)
    assert not re.search(r"<script(?![^>]*src=)", answer.text)
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    for address in addresses:
        assert client.get(f"/{address}").status_code == 200, address


def test_files_of_the_page_may_be_kept_and_carry_their_licence(client: TestClient) -> None:
    answer = client.get("/docs/assets/swagger-ui/swagger-ui-bundle.js")

    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (ASSETS / "swagger-ui" / "LICENSE").read_text("utf-8").startswith("\n")
    assert (ASSETS / "swagger-ui" / "NOTICE").is_file()


def test_no_file_beside_the_assets_is_served(client: TestClient) -> None:
    for path in ("..%2f..%2fapp.py", "%2e%2e/app.py", "..%5capp.py"):
        assert client.get(f"/docs/assets/{path}").status_code == 404

"""The description of the API: tags in reading order, refusals, and boxes filled with examples."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter

from api.examples import EXAMPLES
from api.record_schemas import SegmentedOriginal
from api.schemas import Problem

SEARCH, NAMES, ARTICLES, OPERATION = "Search", "Names", "Articles and summaries", "Operation"
TAGS = [
    {"name": SEARCH, "description": "Start here: open the first row and press **Execute**."},
    {"name": NAMES, "description": "Who and what is in the archive."},
    {"name": ARTICLES, "description": "Read one article, its summary, its reprints, its original."},
    {"name": OPERATION, "description": "For those who run the service."},
]
DESCRIPTION = (
    "Search a news archive by words, people, places and days; read summaries made of the articles' "
    "own sentences.\n\n**Start here:** open the first row below and press *Execute*. Every address "
    "can be copied and shared. Days are UTC days; all places in a text count Unicode code points."
)
RAW_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bytes as they came in, or their segments.",
        "model": SegmentedOriginal,
        "content": {
            "text/plain": {"schema": {"type": "string"}},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
        "headers": {
            name: {"description": said, "schema": {"type": "string"}}
            for name, said in {
                "X-Dateline-Location": "file, and line or record, percent-encoded",
                "X-Dateline-Encoding": "encoding of the bytes",
                "X-Dateline-Media-Type": "what kind of file it was",
            }.items()
        },
    }
}
SCHEME = "API key"
_SCHEMES = {
    SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "description": "Asked for where the service has keys: whoever runs it gives you a token.",
    }
}
_REASONS = {
    400: "The body cannot be read.",
    401: "The service has keys, and this request has none that is in force.",
    403: "The key has another role, or the service lets in nobody from elsewhere.",
    404: "No article has this id.",
    405: "This address does not take this method.",
    410: "The article was withdrawn; the reason is said.",
    413: "The body is too large.",
    422: "The question cannot be asked like this; the answer says what to change.",
    503: "The engine cannot answer now; try again.",
}
_REF = "#/components/schemas/{model}"


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may refuse with these: one shape for all."""
    schema = {"$ref": _REF.format(model="Problem")}
    content = {"application/problem+json": {"schema": schema}}
    return {each: {"description": _REASONS[each], "content": content} for each in statuses}


def takes(model: type[BaseModel]) -> dict[str, Any]:
    """The `openapi_extra` of a route whose parameters `asked(model)` reads."""
    schema = model.model_json_schema()
    required = schema.get("required", ())
    return {
        "parameters": [
            {"name": name, "in": "query", "required": name in required, "schema": each}
            | {"description": each.pop("description")}
            for name, each in schema.get("properties", {}).items()
        ]
    }


def name_operation(route: APIRoute) -> str:
    """The id of an operation is the name of its function."""
    return route.name


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the app, built once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            routes=app.routes,
            tags=TAGS,
            license_info=app.license_info,
        )
        _add_problem(document["components"]["schemas"])
        _add_examples(document["components"]["schemas"])
        document["components"]["securitySchemes"] = _SCHEMES
        for path, operations in document["paths"].items():
            for operation in operations.values():
                _fill_boxes(operation)
                if path.startswith("/v1/"):
                    _ask_for_key(operation)
        app.openapi_schema = document
    return app.openapi_schema


def _add_problem(schemas: dict[str, Any]) -> None:
    problem = TypeAdapter(Problem).json_schema(ref_template=_REF)
    schemas |= problem.pop("$defs") | {"Problem": problem}


def _add_examples(schemas: dict[str, Any]) -> None:
    """Something to see in the place of "string"."""
    for model, examples in EXAMPLES.items():
        for name, example in examples.items():
            schemas[model]["properties"][name]["examples"] = [example]


def _ask_for_key(operation: dict[str, Any]) -> None:
    """A key, or none: the description is the same whether this service has keys or not."""
    operation["security"] = [{}, {SCHEME: []}]
    refused = {str(status): said for status, said in refusals(401, 403).items()}
    operation["responses"] = dict(sorted((operation["responses"] | refused).items()))


def _fill_boxes(operation: dict[str, Any]) -> None:
    """Swagger UI fills a box from the examples of a parameter, never from those of its schema."""
    if operation["responses"]["200"]["description"] == "Successful Response":
        operation["responses"]["200"]["description"] = "What was asked for."
    for parameter in operation.get("parameters", ()):
        for said in ("description", "title"):  # beside the name, once
            parameter["schema"].pop(said, None)
        examples = parameter["schema"].pop("examples", ())
        if examples:
            parameter["examples"] = {str(each): {"value": each} for each in examples}

"""One table from error class to status and code, and one shape for every refusal (RFC 9457)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, cast

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.middleware import SAFETY_HEADERS
from api.other_names import nearest_names
from api.schemas import Problem, ProblemError
from dateline import errors

PROBLEM_TYPE = "application/problem+json"
RETRY_SECONDS = "2"

TABLE: Mapping[type[errors.DatelineError], tuple[int, str]] = {
    errors.DatelineError: (500, "internal"),
    errors.SettingsError: (500, "settings"),
    errors.QueryError: (422, "query"),
    errors.QuerySyntaxError: (422, "query_syntax"),
    errors.ParameterError: (422, "parameter"),
    errors.CursorError: (422, "cursor"),
    errors.DocumentNotFound: (404, "article_not_found"),
    errors.DocumentWithdrawn: (410, "article_withdrawn"),
    errors.UnsupportedQuery: (501, "unsupported"),
    errors.SourceError: (500, "source"),
    errors.EngineError: (502, "engine"),
    errors.EngineUnavailable: (503, "engine_unavailable"),
    errors.EngineOverloaded: (503, "engine_overloaded"),
    errors.EngineRefused: (502, "engine_refused"),
    errors.EngineIncompatible: (502, "engine_incompatible"),
    errors.EngineBlocked: (503, "engine_blocked"),
    errors.EngineBusy: (503, "engine_busy"),
    errors.IndexNotReady: (503, "index_not_ready"),
    errors.EngineFault: (502, "engine_fault"),
}
"""Every class of the tree by name: a new one without a row fails a test."""

_HTTP_CODES = {
    400: "bad_request",
    404: "no_such_address",
    405: "method_not_allowed",
    413: "body_too_large",
}
_HTTP_SENTENCES = {
    400: "the body cannot be read; send JSON in UTF-8",
    404: "there is nothing at this address; /docs lists every address",
    405: "this address does not take this method; /docs shows which it takes",
    413: "the body is too large; send at most 1 MB",
}
_NEAR_ADDRESS = 0.82
"""difflib's ratio: /search for /v1/search passes, /v1/facets for /v1/places does not."""
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")

_SENTENCES = {
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "bool_parsing": "must be true or false",
    "string_type": "must be text",
    "list_type": "must be a list",
    "model_attributes_type": "must be a JSON object under `Content-Type: application/json`",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must not be empty",
    "too_long": "may hold at most {max_length} values",
    "too_short": "must not be empty",  # every min_length of ours is 1
    "missing": "is missing, and must be given",
    "json_invalid": "is no valid JSON: {error}",
}


class NotReady(Exception):
    """The service cannot be searched now; `reason` says why, whatever its own status is."""

    def __init__(self, reason: errors.EngineError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def install(app: FastAPI) -> None:
    """Answer every refusal of this app in the one shape."""
    app.add_exception_handler(errors.DatelineError, _answer_ours)
    app.add_exception_handler(NotReady, _answer_not_ready)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(Exception, _answer_unexpected)


def status_and_code(error: errors.DatelineError) -> tuple[int, str]:
    """The row of the table for this error's class, or for the nearest class above it."""
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def build_problem(
    status: int, code: str, detail: str, faults: Iterable[ProblemError] = ()
) -> Problem:
    """The body of a refusal."""
    return {
        "type": f"urn:dateline:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": list(faults),
    }


def problem_of(error: errors.DatelineError, status: int | None = None) -> Problem:
    """An error of ours as a refusal; an address with a password in it loses the password.

    `status` is answered in place of the table's.
    """
    usual, code = status_and_code(error)
    detail = _USERINFO.sub("", str(error))
    return build_problem(status or usual, code, detail, _iter_faults(error))


def _iter_faults(error: errors.DatelineError) -> Iterator[ProblemError]:
    """What was at fault in the question, or why an article is gone."""
    if isinstance(error, errors.QueryError):
        yield _fault_of(error)
    if isinstance(error, errors.DocumentWithdrawn) and error.reason:
        yield {"where": "article_id", "why": error.reason}


def _fault_of(error: errors.QueryError) -> ProblemError:
    fault: ProblemError = {"where": error.parameter, "why": error.message}
    if error.hint:
        fault["hint"] = error.hint
    if error.position is not None:
        fault["position"] = error.position
    return fault


async def _answer_ours(_: Request, error: Exception) -> Response:
    return _refuse(problem_of(cast("errors.DatelineError", error)))


async def _answer_not_ready(_: Request, error: Exception) -> Response:
    return _refuse(problem_of(cast("NotReady", error).reason, HTTPStatus.SERVICE_UNAVAILABLE))


def _refuse(problem: Problem) -> Response:
    waiting = problem["status"] == HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Retry-After": RETRY_SECONDS} if waiting else {}
    return respond(problem, headers)


async def _answer_invalid(_: Request, error: Exception) -> Response:
    invalid = cast("RequestValidationError", error)
    faults = [_fault_of_field(each) for each in invalid.errors() if each["type"] != "none_required"]
    detail = "; ".join(f"{fault['where']} {fault['why']}" for fault in faults[:3])
    return respond(build_problem(422, "parameter", detail, faults))


def _fault_of_field(invalid: Mapping[str, Any]) -> ProblemError:
    context = invalid.get("ctx") or {}
    names = [part for part in invalid["loc"][1:] if isinstance(part, str)]
    sentence = _SENTENCES.get(invalid["type"])
    why = sentence.format_map(context) if sentence else invalid["msg"]
    fault: ProblemError = {"where": names[0] if names else str(invalid["loc"][0]), "why": why}
    if hint := context.get("hint") or _name_nearest(invalid):
        fault["hint"] = hint
    return fault


def _name_nearest(invalid: Mapping[str, Any]) -> str:
    """For a value that is none of the allowed: the nearest allowed one, if any is near."""
    if invalid["type"] != "literal_error":
        return ""
    allowed = re.findall(r"'([^']+)'", invalid["ctx"]["expected"])
    near = nearest_names(str(invalid["input"]), allowed)
    return f"did you mean {' or '.join(near)}?" if near else ""


async def _answer_http(request: Request, error: Exception) -> Response:
    refusal = cast("HTTPException", error)
    status = refusal.status_code
    detail = _HTTP_SENTENCES.get(status, str(refusal.detail))
    if status == HTTPStatus.NOT_FOUND:
        detail += _lead_to_address(request.url.path, request.app.openapi()["paths"])
    problem = build_problem(status, _HTTP_CODES.get(status, "http"), detail)
    return respond(problem, refusal.headers or {})


def _lead_to_address(path: str, known: Collection[str]) -> str:
    """The rest of the sentence for an address that is nearly one of ours; empty for any other."""
    if path.endswith("/") and any(compile_path(each)[0].match(path.rstrip("/")) for each in known):
        return "; leave out the slash at its end"
    near = get_close_matches(path.casefold(), known, n=1, cutoff=_NEAR_ADDRESS)
    return f"; did you mean {near[0]}?" if near else ""


async def _answer_unexpected(_: Request, __: Exception) -> Response:
    """Our fault: the log has the story, the answer has none of it. Runs outside the middleware."""
    detail = "something went wrong on our side; the log of the service tells what"
    return respond(build_problem(500, "internal", detail), SAFETY_HEADERS)


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal as an answer."""
    body = orjson.dumps(problem)
    return Response(body, problem["status"], dict(headers or {}), media_type=PROBLEM_TYPE)

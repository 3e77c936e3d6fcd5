"""Swagger UI from our own files: the page asks no other host, and runs no inline script."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

ASSETS = Path(__file__).parent / "assets"
SWAGGER_UI_VERSION = "5.35.0"
_KEEP = "public, max-age=31536000, immutable"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dateline: try it</title>
<link rel="icon" type="image/png" href="docs/assets/swagger-ui/favicon-32x32.png">
<link rel="stylesheet" href="docs/assets/swagger-ui/swagger-ui.css?v={SWAGGER_UI_VERSION}">
</head>
<body>
<main id="swagger-ui"></main>
<noscript>This page needs JavaScript. The addresses also work by hand, such as
<a href="v1/search?q=president">v1/search?q=president</a>.</noscript>
<script src="docs/assets/swagger-ui/swagger-ui-bundle.js?v={SWAGGER_UI_VERSION}"></script>
<script src="docs/assets/start.js?v={SWAGGER_UI_VERSION}"></script>
</body>
</html>
"""


class KeptFiles(StaticFiles):
    """Files that a browser may keep: their address changes with their version."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, with permission to keep it."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = _KEEP
        return response


async def show_docs() -> HTMLResponse:
    """The page that tries every address."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


async def show_way() -> RedirectResponse:
    """Who opens the bare address is led to the page; relative, so that a prefix stays."""
    return RedirectResponse("docs")


def install(app: FastAPI) -> None:
    """Serve the page at /docs and its files beneath."""
    app.mount("/docs/assets", KeptFiles(directory=ASSETS), name="assets")
    app.add_api_route("/docs", show_docs, include_in_schema=False)
    app.add_api_route("/", show_way, include_in_schema=False)

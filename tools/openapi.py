"""Writes openapi.json at the root of the checkout: `python -m tools.openapi`."""

import json
from pathlib import Path

from api.app import create_app
from api.settings import ApiSettings

TARGET = Path(__file__).resolve().parent.parent / "openapi.json"


def render() -> str:
    """The description of the API as it is committed."""
    return json.dumps(create_app(ApiSettings()).openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET.name}")

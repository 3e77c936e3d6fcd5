"""What the front door must be told: flag, then environment `DATELINE_…`, then a TOML file."""

from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from dateline.search.settings import LayeredSettings, load_layered


class ApiSettings(LayeredSettings):
    """Where the API listens, and which web pages of other hosts may ask it.

    `host` is this machine only unless told otherwise; `cors_origins` is empty (no other host) or a
    comma list such as `https://desk.example,https://lab.example`.
    """

    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(origin.strip() for origin in value.split(",") if origin.strip())
        return value


def load_api_settings(**flags: Any) -> ApiSettings:
    """Settings of this room from all three places. Raises SettingsError."""
    return load_layered(ApiSettings, flags)

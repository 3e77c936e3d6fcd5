"""What the front door must be told: flag, then environment `DATELINE_…`, then a TOML file."""

from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from dateline.errors import SettingsError
from dateline.search.settings import find_config_file


class ApiSettings(BaseSettings):
    """Where the API listens, and which web pages of other hosts may ask it.

    `host` is this machine only unless told otherwise; `cors_origins` is empty (no other host) or a
    comma list such as `https://desk.example,https://lab.example`.
    """

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flag, environment, TOML: the first that speaks wins."""
        config = find_config_file()
        toml = (TomlConfigSettingsSource(settings_cls, config),) if config else ()
        return (init_settings, env_settings, *toml)

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(origin.strip() for origin in value.split(",") if origin.strip())
        return value


def load_api_settings(**flags: Any) -> ApiSettings:
    """Settings from all three places; a flag that is None counts as not given.

    Raises SettingsError, which names the setting and never its value.
    """
    try:
        return ApiSettings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        said = "; ".join(
            f"DATELINE_{str(each['loc'][0]).upper()}: {each['msg']}" for each in faults
        )
        raise SettingsError(said, hint="correct the flag, variable or file") from None
    except (OSError, ValueError) as error:  # an unreadable file, or one that is no TOML
        raise SettingsError(f"the settings file cannot be read: {error}") from error

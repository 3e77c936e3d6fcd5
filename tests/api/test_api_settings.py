from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.settings import ApiSettings, load_api_settings
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_service_listens_on_this_machine_only_unless_told_otherwise() -> None:
    assert ApiSettings().host == "127.0.0.1"
    assert ApiSettings().cors_origins == ()


def test_a_flag_beats_the_environment_and_that_beats_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "dateline.toml"
    config.write_text('host = "h"\nport = 1\ncors_origins = ["https://a.example"]\n', "utf-8")
    monkeypatch.setenv("DATELINE_CONFIG", str(config))
    monkeypatch.setenv("DATELINE_PORT", "2")

    assert load_api_settings(port=3, host=None).port == 3
    assert load_api_settings().port == 2
    assert load_api_settings().host == "h"
    assert load_api_settings().cors_origins == ("https://a.example",)


def test_a_bad_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PORT", "hunter2")

    with pytest.raises(SettingsError, match="DATELINE_PORT") as refused:
        load_api_settings()

    assert "hunter2" not in str(refused.value)


def test_a_file_that_is_no_toml_is_said_to_be_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "dateline.toml"
    config.write_text("host = = 1", "utf-8")
    monkeypatch.setenv("DATELINE_CONFIG", str(config))

    with pytest.raises(SettingsError, match="cannot be read"):
        load_api_settings()

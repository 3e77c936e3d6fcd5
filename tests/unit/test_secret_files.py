"""Secrets from files: read with care, written whole, named and never shown."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from dateline.errors import SettingsError
from dateline.search.secret_files import write_secret
from dateline.search.settings import load_settings

URL, KEY = "https://ada:hush@search.example:9200", "aHVzaC1odXNo"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def kept(name: str, text: str, mode: int = 0o600) -> str:
    path = Path(name)
    path.write_text(text)
    path.chmod(mode)
    return name


def test_url_and_key_may_lie_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ELASTICSEARCH_URL_FILE", kept("url", f"{URL}\n"))
    monkeypatch.setenv("DATELINE_API_KEY_FILE", kept("key", f"  {KEY}  \n\n"))
    settings = load_settings()
    assert settings.hosts == ("https://search.example:9200",)
    assert settings.credentials == ("ada", "hush")
    assert settings.api_key
    assert settings.api_key.get_secret_value() == KEY
    assert "hush" not in repr(settings)
    assert KEY not in settings.model_dump_json()


def test_a_toml_file_may_name_them() -> None:
    kept("key", KEY)
    Path("dateline.toml").write_text('api_key_file = "key"\n')
    assert load_settings().api_key


def test_both_at_once_contradict_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_API_KEY", KEY)
    monkeypatch.setenv("DATELINE_API_KEY_FILE", kept("key", KEY))
    with pytest.raises(SettingsError, match="DATELINE_API_KEY and DATELINE_API_KEY_FILE") as caught:
        load_settings()
    assert KEY not in str(caught.value)


def test_a_flag_comes_before_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ELASTICSEARCH_URL_FILE", kept("url", URL))
    assert load_settings(elasticsearch_url="http://b:9200").hosts == ("http://b:9200",)


def test_what_is_written_blank_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "ELASTICSEARCH_URL",
        "ELASTICSEARCH_URL_FILE",
        "API_KEY",
        "API_KEY_FILE",
        "CA_CERTS",
    ):
        monkeypatch.setenv(f"DATELINE_{name}", " ")
    assert load_settings() == load_settings(index="articles")
    assert load_settings().api_key is None


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "No such file"),
        (b"", "one line"),
        (b" \n", "one line"),
        (b"hush\nhush", "one line"),
        (b"h" * 20_000, "one line"),
        (b"\xff\xfehush", "no text"),
    ],
)
def test_a_file_without_a_secret_is_named_with_its_setting(
    monkeypatch: pytest.MonkeyPatch, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        Path("key").write_bytes(content)
    monkeypatch.setenv("DATELINE_API_KEY_FILE", "key")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "DATELINE_API_KEY_FILE names key" in str(caught.value)
    assert complaint in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_folder_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_API_KEY_FILE", ".")
    with pytest.raises(SettingsError, match="DATELINE_API_KEY_FILE"):
        load_settings()


@pytest.mark.parametrize(("mode", "told"), [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1)])
def test_a_file_that_others_may_read_is_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, mode: int, told: int
) -> None:
    monkeypatch.setenv("DATELINE_API_KEY_FILE", kept("key", KEY, mode))
    assert load_settings().api_key
    warnings = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert len(warnings) == told
    assert KEY not in caplog.text
    assert all("chmod 600" in each.getMessage() for each in warnings)


def test_a_secret_is_written_for_its_owner_alone_in_place_of_what_was_there() -> None:
    Path("key").write_text("before")
    Path("key").chmod(0o644)
    write_secret(Path("key"), "after")
    assert Path("key").read_text() == "after"
    assert (Path("key").stat().st_mode & 0o777) == 0o600
    assert [str(each) for each in Path().iterdir()] == ["key"]


def test_a_link_stays_a_link() -> None:
    Path("real").write_text("before")
    Path("link").symlink_to("real")
    write_secret(Path("link"), "after")
    assert Path("link").is_symlink()
    assert Path("real").read_text() == "after"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_file_keeps_its_owner() -> None:
    Path("key").write_text("before")
    os.chown("key", 12345, 12345)
    write_secret(Path("key"), "after")
    assert (Path("key").stat().st_uid, Path("key").stat().st_gid) == (12345, 12345)


def test_what_cannot_be_written_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("key").write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        write_secret(Path("key"), "after")
    assert Path("key").read_text() == "before"
    assert [str(each) for each in Path().iterdir()] == ["key"]

"""Flag, environment, TOML, in that order; and no secret ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import SettingsError
from dateline.search.opening import open_reader, open_writer
from dateline.search.settings import SearchSettings, find_config_file, load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_name_no_server() -> None:
    settings = load_settings()
    assert settings.elasticsearch_url is None
    assert (settings.index, settings.originals) == ("articles", "articles-originals")
    assert (settings.data_dir, settings.concurrency, settings.search_timeout) == (
        Path(".dateline"),
        32,
        2.0,
    )


def test_a_flag_beats_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("dateline.toml").write_text(
        'index = "file"\nconcurrency = 3\nsearch_timeout = 4\nhost = "x"\n'
    )
    monkeypatch.setenv("DATELINE_INDEX", "environment")
    monkeypatch.setenv("DATELINE_CONCURRENCY", "5")
    settings = load_settings(index="flag", concurrency=None)
    assert (settings.index, settings.concurrency, settings.search_timeout) == ("flag", 5, 4.0)


def test_the_environment_may_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "other.toml"
    named.write_text('index = "other"')
    monkeypatch.setenv("DATELINE_CONFIG", str(named))
    assert find_config_file() == named
    assert load_settings().index == "other"


def test_a_named_file_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONFIG", "nowhere.toml")
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_settings()


def test_a_file_that_is_no_toml_is_named() -> None:
    Path("dateline.toml").write_text("index = ")
    with pytest.raises(SettingsError, match=r"settings file dateline\.toml"):
        load_settings()


@pytest.mark.parametrize("written", ["elasticsearch_ulr", "DATELINE_ELASTICSEARCH_URL"])
def test_a_file_with_a_misspelt_name_is_refused_with_the_right_one(written: str) -> None:
    Path("dateline.toml").write_text(f'index = "a"\n{written} = "http://127.0.0.1:9200"\n')
    with pytest.raises(SettingsError, match=f"{written}, which.*known: elasticsearch_url$"):
        load_settings()


def test_a_fault_is_told_in_our_words_alone() -> None:
    with pytest.raises(SettingsError, match=r"DATELINE_INDEX: use lower-case letters"):
        load_settings(index="Bad Name")


def test_several_servers_and_their_credentials() -> None:
    settings = load_settings(
        elasticsearch_url="https://ada:h%40sh@a.example:9201/es/, https://[::1]:9202,https://b.example"
    )
    assert settings.hosts == (
        "https://a.example:9201/es",
        "https://[::1]:9202",
        "https://b.example:443",
    )
    assert settings.credentials == ("ada", "h@sh")


@pytest.mark.parametrize(
    "flags",
    [
        {"elasticsearch_url": "ftp://ada:hush@x"},
        {"elasticsearch_url": "hush"},
        {"elasticsearch_url": " , "},
        {"elasticsearch_url": "http://ada:hush@x:port"},
        {"elasticsearch_url": "https://ada:hush@x,http://ada:hush@y"},
        {"index": "Hush"},
        {"index": "a/hush"},
        {"index": ""},
        {"concurrency": 0},
        {"search_timeout": "hush"},
    ],
)
def test_a_malformed_setting_is_named_without_its_value(flags: dict[str, object]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**flags)
    assert f"DATELINE_{next(iter(flags)).upper()}" in str(caught.value)
    assert "hush" not in str(caught.value).lower()


def test_no_secret_is_shown() -> None:
    settings = SearchSettings(elasticsearch_url="http://ada:hush@x:9200", api_key="hush")
    for shown in (repr(settings), str(settings), settings.model_dump_json(), str(settings.hosts)):
        assert "hush" not in shown


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().index = "other"  # type: ignore[misc]  # the fact under test


@pytest.mark.parametrize("url", [None, "", " "])
def test_without_a_server_the_embedded_engine_is_opened(url: str | None) -> None:
    settings = load_settings(elasticsearch_url=url)
    assert settings.elasticsearch_url is None
    assert open_reader(settings).engine == open_writer(settings).engine == "embedded"


def test_opening_connects_to_nobody() -> None:
    settings = load_settings(elasticsearch_url="http://127.0.0.1:9")
    assert open_reader(settings).engine == "elasticsearch"
    open_writer(settings).close()

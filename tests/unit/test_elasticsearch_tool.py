from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import servers
from elasticsearch_server import fetching, java, nodes, verbs
from elasticsearch_server.common import ServerError
from elasticsearch_server.releases import RELEASES, Release

NEWEST = RELEASES["9.4.3"]
OLDER = RELEASES["8.19.8"]


@pytest.fixture
def no_installed_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "USUAL_PLACES", ())


def jdk(home: Path, version: str, modules: str = "java.base jdk.jlink") -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch()
    (home / "release").write_text(f'JAVA_VERSION="{version}"\nMODULES="{modules}"\n')
    return home


def archive() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as written:
        for name in ("elasticsearch-env", "elasticsearch-cli", "elasticsearch-cli.bat"):
            written.writestr(f"carrier/elasticsearch/bin/{name}", name)
        written.writestr("carrier/bin/elasticsearch", "start script")
        written.writestr("carrier/elasticsearch/lib/tools/server-launcher", "launcher")
        written.writestr("carrier/elasticsearch/../../outside", "escaped")
        written.writestr("carrier/web/logo.png", "no part of the server")
    return sink.getvalue()


def test_es_java_home_comes_before_java_home(tmp_path: Path, no_installed_java: None) -> None:
    environment = {
        "JAVA_HOME": str(jdk(tmp_path / "a", "25.0.3")),
        "ES_JAVA_HOME": str(jdk(tmp_path / "b", "21.0.1")),
    }
    assert java.find_jdk(NEWEST, environment, for_everyone=False) == tmp_path / "b"


def test_a_jdk_named_but_too_old_is_passed_over(tmp_path: Path, no_installed_java: None) -> None:
    old, good = jdk(tmp_path / "a", "17.0.15"), jdk(tmp_path / ".sdkman/candidates/java/b", "21")
    environment = {"JAVA_HOME": str(old), "HOME": str(tmp_path)}
    assert java.find_jdk(NEWEST, environment, for_everyone=False) == good


def test_the_older_server_takes_java_17(tmp_path: Path, no_installed_java: None) -> None:
    environment = {"JAVA_HOME": str(jdk(tmp_path / "a", "17.0.15"))}
    assert java.find_jdk(OLDER, environment, for_everyone=False) == tmp_path / "a"


def test_the_newest_java_that_was_tried_is_preferred(
    tmp_path: Path, no_installed_java: None
) -> None:
    folder = tmp_path / ".jdks"
    for version in ("21.0.1", "25.0.3", "31"):
        jdk(folder / version, version)
    found = java.find_jdk(NEWEST, {"HOME": str(tmp_path)}, for_everyone=False)
    assert found == folder / "25.0.3"


def test_the_java_on_the_path_is_found(tmp_path: Path, no_installed_java: None) -> None:
    home = jdk(tmp_path / "kit", "21.0.1")
    (home / "bin" / "java").chmod(0o755)
    environment = {"PATH": str(home / "bin")}
    assert java.find_jdk(NEWEST, environment, for_everyone=False) == home.resolve()


def test_without_java_one_line_says_what_to_install(no_installed_java: None) -> None:
    with pytest.raises(ServerError, match=r"needs a JDK 21 or newer .* install one") as caught:
        java.find_jdk(NEWEST, {}, for_everyone=False)
    assert "\n" not in str(caught.value)


def test_a_java_in_a_closed_folder_is_no_use_to_another_user(
    tmp_path: Path, no_installed_java: None
) -> None:
    environment = {"JAVA_HOME": str(jdk(tmp_path / "closed", "25"))}
    (tmp_path / "closed").chmod(0o700)
    with pytest.raises(ServerError):
        java.find_jdk(NEWEST, environment, for_everyone=True)


@pytest.mark.parametrize(
    ("version", "modules", "major"),
    [
        ("25.0.3", "java.base jdk.jlink", 25),
        ("1.8.0_402", "java.base jdk.jlink", 8),
        ("26-ea", "jdk.jlink", 26),
        ("25.0.3", "java.base java.logging", None),
    ],
)
def test_the_release_file_tells_the_version_and_a_run_time_image_is_no_kit(
    tmp_path: Path, version: str, modules: str, major: int | None
) -> None:
    assert java.java_major(jdk(tmp_path / "a", version, modules)) == major


def test_an_archive_with_other_bytes_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"not the archive")
    with pytest.raises(ServerError, match="sha256") as caught:
        fetching.check_archive(damaged, NEWEST)
    assert str(damaged) in str(caught.value)


def test_unpacking_keeps_the_server_alone_and_never_leaves_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive())
    home = tmp_path / "cache" / "home"
    fetching.unpack(tmp_path / "a.zip", home)
    files = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert files == {
        "bin/elasticsearch",
        "bin/elasticsearch-cli",
        "bin/elasticsearch-env",
        "lib/tools/server-launcher",
    }
    assert os.access(home / "bin" / "elasticsearch", os.X_OK)
    assert not any(path.name == "outside" for path in tmp_path.rglob("*"))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """A small archive where Maven would have put the real one; `mvn` itself is not there."""
    content = archive()
    release = replace(NEWEST, sha256=sha256(content).hexdigest())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    place = tmp_path / ".m2" / "repository" / release.path_in_repository
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    return release


def test_an_archive_that_was_there_before_is_used_and_left(
    tmp_path: Path, stand_in: Release
) -> None:
    home = fetching.fetch(stand_in, tmp_path / "cache")
    assert (home / "bin" / "elasticsearch").read_text() == "start script"
    assert (tmp_path / ".m2" / "repository" / stand_in.path_in_repository).exists()


def test_what_a_killed_fetch_left_is_replaced(tmp_path: Path, stand_in: Release) -> None:
    rest = tmp_path / "cache" / f"elasticsearch-{stand_in.version}.partial"
    rest.mkdir(parents=True)
    (rest / "half").touch()
    home = fetching.fetch(stand_in, tmp_path / "cache")
    assert not rest.exists()
    assert not (home / "half").exists()


def test_two_fetchers_at_once_unpack_once(
    tmp_path: Path, stand_in: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[Path] = []
    unpack = fetching.unpack
    meeting = threading.Barrier(2)

    def count(source: Path, home: Path) -> None:
        unpacked.append(home)
        unpack(source, home)

    def fetch() -> None:
        meeting.wait()
        fetching.fetch(stand_in, tmp_path / "cache")

    monkeypatch.setattr(fetching, "unpack", count)
    both = [threading.Thread(target=fetch) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(unpacked) == 1


def test_without_maven_one_line_says_what_to_install(tmp_path: Path, stand_in: Release) -> None:
    (tmp_path / ".m2" / "repository" / stand_in.path_in_repository).unlink()
    with pytest.raises(ServerError, match=r"no mvn; install it"):
        fetching.fetch(stand_in, tmp_path / "cache")
    assert not (tmp_path / "cache" / f"elasticsearch-{stand_in.version}").exists()


def test_a_maven_that_fails_is_quoted(tmp_path: Path, stand_in: Release) -> None:
    (tmp_path / ".m2" / "repository" / stand_in.path_in_repository).unlink()
    (tmp_path / "mvn").write_text("#!/bin/sh\necho '[ERROR] nobody answers'\nexit 1\n")
    (tmp_path / "mvn").chmod(0o755)
    with pytest.raises(ServerError, match=r"could not fetch .*nobody answers"):
        fetching.fetch(stand_in, tmp_path / "cache")


def test_the_cache_of_root_is_outside_its_closed_home() -> None:
    assert fetching.cache_folder({}, root=True) == Path("/var/cache/dateline")
    assert fetching.cache_folder({}, root=False).is_relative_to(Path.home())
    named = fetching.cache_folder({"XDG_CACHE_HOME": "/elsewhere"}, root=True)
    assert named == Path("/elsewhere/dateline")


@pytest.mark.parametrize(
    "content",
    ["", "no number", str(os.getpid()), "999999999"],
    ids=["empty", "no number", "another process", "no process"],
)
def test_a_stale_pid_file_is_no_running_server(tmp_path: Path, content: str) -> None:
    (tmp_path / "pid").write_text(content)
    assert nodes.living_pid(tmp_path) is None
    assert verbs.stop(tmp_path) == ()


def test_stop_ends_the_process_that_names_the_data_folder(tmp_path: Path) -> None:
    option = f"-Djava.io.tmpdir={tmp_path / 'tmp'}"
    code = "import sys, time; print(flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code, option], stdout=subprocess.PIPE) as sleeper:
        assert sleeper.stdout
        sleeper.stdout.readline()
        (tmp_path / "pid").write_text(str(sleeper.pid))
        assert nodes.living_pid(tmp_path) == sleeper.pid
        nodes.end(tmp_path, sleeper.pid)
        assert sleeper.wait() < 0
    assert not (tmp_path / "pid").exists()


def test_a_folder_with_other_things_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(ServerError, match="holds other things"):
        verbs.start(verbs.Wanted(NEWEST, tmp_path, port=0))


def test_data_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "version").write_text(OLDER.version)
    with pytest.raises(ServerError, match=rf"written by Elasticsearch {OLDER.version}"):
        verbs.start(verbs.Wanted(NEWEST, tmp_path, port=0))


def test_a_port_taken_by_another_program_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        with pytest.raises(ServerError, match=rf"port {port} is taken by another program"):
            verbs.start(verbs.Wanted(NEWEST, tmp_path, port=port))


def test_status_of_nothing_is_exit_code_3(tmp_path: Path) -> None:
    told = servers.run_tool("status", "--data", str(tmp_path))
    assert (told.returncode, told.stdout) == (3, f"none runs in {tmp_path}\n")


def test_stop_of_nothing_is_well(tmp_path: Path) -> None:
    assert servers.run_tool("stop", "--data", str(tmp_path)).returncode == 0


def test_a_refusal_is_exit_code_1_with_an_empty_stdout(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    told = servers.run_tool("start", "--port", "0", "--data", str(tmp_path))
    assert (told.returncode, told.stdout) == (1, "")
    assert len(told.stderr.splitlines()) == 1


def test_an_unknown_version_is_exit_code_2() -> None:
    assert servers.run_tool("start", "--version", "1.2.3").returncode == 2


def test_help_tells_the_exit_codes() -> None:
    assert "exit codes: 0" in servers.run_tool("--help").stdout

"""Gets the server through Maven and keeps the 198 MB that matter in a cache of ours."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from elasticsearch_server.common import ServerError, locked, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch_server.releases import Release

EXECUTABLES = ("elasticsearch", "elasticsearch-env", "elasticsearch-cli")


def cache_folder(environment: Mapping[str, str], *, root: bool) -> Path:
    """Where unpacked servers live: XDG_CACHE_HOME, else root's system cache, else the user's own.

    Root's home is closed to the unprivileged user who runs root's server, so root's cache is not
    in there.
    """
    if environment.get("XDG_CACHE_HOME"):
        return Path(environment["XDG_CACHE_HOME"]) / "dateline"
    return Path("/var/cache/dateline") if root else Path.home() / ".cache" / "dateline"


def fetch(release: Release, cache: Path) -> Path:
    """The home of this release, unpacked in `cache`; fetched first (about 900 MB) if not there.

    Safe against two callers at once (one fetches, the other waits) and against being killed: the
    home appears by one rename, whole or not at all.

    Raises:
        ServerError: Maven is missing or fails, or the archive is not the one we know.
    """
    home = cache / f"elasticsearch-{release.version}"
    if home.is_dir():
        return home
    cache.mkdir(mode=0o755, parents=True, exist_ok=True)
    with locked(cache / f"{home.name}.lock"):
        if not home.is_dir():
            _fetch_into(home, release, Path.home() / ".m2" / "repository")
    return home


def _fetch_into(home: Path, release: Release, repository: Path) -> None:
    archive = repository / release.path_in_repository
    kept = archive.is_file()
    if not kept:
        _download(release, repository)
    check_archive(archive, release)
    partial = home.with_name(f"{home.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # left by someone who was killed: we hold the lock
    say(f"Unpacking Elasticsearch {release.version} into {home}")
    unpack(archive, partial)
    partial.rename(home)
    if not kept:
        archive.unlink()


def _download(release: Release, repository: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerError(
            "Elasticsearch is fetched through Maven and there is no mvn; install it "
            "(Debian: apt install maven, macOS: brew install maven)"
        )
    size = release.archive_bytes // 1_000_000
    say(f"Fetching Elasticsearch {release.version} through Maven: {size} MB, once")
    goal = ["dependency:get", f"-Dartifact={release.artifact}", "-Dtransitive=false"]
    done = subprocess.run(
        [maven, "-q", "-B", *goal, f"-Dmaven.repo.local={repository}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path.home(),  # a pom.xml where we were called is none of Maven's business
    )
    if done.returncode:
        reason = next(iter((done.stdout + done.stderr).strip().splitlines()), "no reason given")
        raise ServerError(f"Maven could not fetch {release.artifact}: {reason}")


def check_archive(archive: Path, release: Release) -> None:
    """Refuse an archive whose bytes are not those we know.

    Raises:
        ServerError: the checksum differs, or Maven left no archive.
    """
    say(f"Checking {archive.name}")
    try:
        with archive.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise ServerError(
            f"Maven left no archive at {archive}; run mvn by hand to see why"
        ) from None
    if found != release.sha256:
        raise ServerError(
            f"{archive} has sha256 {found} and not {release.sha256}; remove it and start again"
        )


def unpack(archive: Path, home: Path) -> None:
    """Write the server inside `archive` to the new folder `home`, readable by everyone."""
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            place = _place_of(member)
            if place is not None:
                target = home / place
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, target.open("wb") as sink:
                    shutil.copyfileobj(source, sink)
    (home / "plugins").mkdir(exist_ok=True)
    (home / "logs").mkdir(exist_ok=True)
    for folder, _, names in os.walk(home):
        Path(folder).chmod(0o755)
        for name in names:
            Path(folder, name).chmod(0o644)
    for name in EXECUTABLES:
        (home / "bin" / name).chmod(0o755)


def _place_of(member: zipfile.ZipInfo) -> PurePosixPath | None:
    """Where a member of the archive belongs in the server's home; None: not a part of it."""
    parts = PurePosixPath(member.filename).parts
    if member.is_dir() or ".." in parts:
        return None
    if parts[1:] == ("bin", "elasticsearch"):  # the start script lies in the archive's own bin/
        return PurePosixPath("bin", "elasticsearch")
    if parts[1:2] != ("elasticsearch",) or parts[-1].endswith((".bat", ".exe")):
        return None
    return PurePosixPath(*parts[2:])

"""Finds a Java development kit new enough for the server."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from elasticsearch_server.common import ServerError, everyone_may_enter
from elasticsearch_server.releases import NEWEST_JAVA_TRIED, Release

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

USUAL_PLACES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)
USUAL_PLACES_AT_HOME = (
    ".sdkman/candidates/java/*",
    ".asdf/installs/java/*",
    ".local/share/mise/installs/java/*",
    ".jdks/*",
    "Library/Java/JavaVirtualMachines/*/Contents/Home",
)


def find_jdk(release: Release, environment: Mapping[str, str], *, for_everyone: bool) -> Path:
    """The home of a JDK that runs this release.

    `ES_JAVA_HOME` and `JAVA_HOME` come first, then the usual folders: the newest that was tried
    with Elasticsearch, then newer ones. `for_everyone`: only a JDK that any user may enter.

    Raises:
        ServerError: none is new enough; says what to install.
    """
    fitting = [
        home
        for home in (*_named_homes(environment), *_installed_homes(environment))
        if (java_major(home) or 0) >= release.oldest_java
        and (not for_everyone or everyone_may_enter(home / "bin"))
    ]
    if not fitting:
        raise ServerError(
            f"Elasticsearch {release.version} needs a JDK {release.oldest_java} or newer and there "
            "is none; install one (Debian: apt install openjdk-21-jdk-headless, macOS: brew "
            "install openjdk@21) or set ES_JAVA_HOME to its folder"
        )
    return fitting[0]


def java_major(home: Path) -> int | None:
    """The major version of the JDK in `home`, from its `release` file; None where it is no JDK."""
    if not (home / "bin" / "java").is_file():
        return None
    try:
        facts = (home / "release").read_text("utf-8", "replace")
    except OSError:
        return None
    modules = re.search(r'^MODULES="(.*)"', facts, re.MULTILINE)
    if modules and "jdk.jlink" not in modules[1].split():
        return None  # a run-time image: Elasticsearch's entitlements need the whole kit
    version = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', facts, re.MULTILINE)
    return int(version[1]) if version else None


def _named_homes(environment: Mapping[str, str]) -> Iterator[Path]:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if environment.get(name):
            yield Path(environment[name])


def _installed_homes(environment: Mapping[str, str]) -> list[Path]:
    found = {path for pattern in USUAL_PLACES for path in Path("/").glob(pattern[1:])}
    if environment.get("HOME"):
        user = Path(environment["HOME"])
        found |= {path for pattern in USUAL_PLACES_AT_HOME for path in user.glob(pattern)}
    java = shutil.which("java", path=environment.get("PATH"))
    if java:
        found.add(Path(java).resolve().parents[1])
    return sorted(found, key=_preference)


def _preference(home: Path) -> tuple[bool, int, str]:
    major = java_major(home) or 0
    return (major > NEWEST_JAVA_TRIED, -major, str(home))

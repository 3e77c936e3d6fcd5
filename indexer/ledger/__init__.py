"""The ledger: which articles were accepted, and what became of each; nothing is lost unnoticed.

One SQLite file per engine and archive in the data folder:

DATELINE_DATA_DIR/ledger/elasticsearch/articles/
    ledger.sqlite      a row per article accepted (place and content), a row per run
    run-7.lock         held by run 7 while it lives; a run without its end and its lock was killed

accepted = indexed + unchanged + unusable + rejected + withdrawn + pending, at every moment.
"""

from __future__ import annotations

from indexer.ledger.account import Account
from indexer.ledger.book import Ledger, find_ledger, open_ledger
from indexer.ledger.values import Copy, Counts, Entry, Run, Settlement, is_superseded

__all__ = [
    "Account",
    "Copy",
    "Counts",
    "Entry",
    "Ledger",
    "Run",
    "Settlement",
    "find_ledger",
    "is_superseded",
    "open_ledger",
]

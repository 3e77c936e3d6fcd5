"""The seventeen mistakes measured at two published news search services, and what guards us.

Each guard is a test that was seen to fail on the mistake. A test here holds the table against what
pytest collects, so that no guard is renamed or dropped in silence.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "tests/unit/test_peer_mistakes_asked.py"
INSIDE = "tests/unit/test_peer_mistakes_inside.py"
SERVER = "tests/unit/test_peer_mistakes_server.py"
HTTP = "tests/api/test_on_elasticsearch.py"
BAD = "tests/api/test_bad_input.py"
START, PAGE = "tests/api/test_start.py", "tests/api/test_description.py"
ENGINES = ("tests/contract/test_elasticsearch.py", "tests/contract/test_embedded.py")


def both(case: str) -> list[str]:
    """A case of the contract, on each engine."""
    return [f"{engine}::{case}" for engine in ENGINES]


MISTAKES: dict[int, tuple[str, list[str]]] = {
    1: (
        "a walk by date alone repeats or loses articles of one day, or without a date",
        [
            *both("TestWalks::test_ties_are_walked_once_at_any_page_size"),
            *both("TestPaging::test_the_last_full_page_has_no_next"),
            *both("TestPaging::test_a_walk_meets_everything_once"),
            f"{HTTP}::test_walking_gives_each_of_many_articles_of_one_day_once",
        ],
    ),
    2: (
        "a cursor rounds its keys, has no last one, or takes another query's for its own; a 500",
        [
            "tests/unit/test_cursors.py::test_a_cursor_comes_back_whole_with_unrounded_keys",
            "tests/unit/test_cursors.py::test_every_single_damaged_sign_is_recognised",
            *both("TestPaging::test_a_cursor_of_another_query_is_refused"),
            f"{HTTP}::test_a_cursor_of_another_query_and_a_damaged_one_are_refused",
        ],
    ),
    3: (
        "nothing found is a 404",
        [f"{ASKED}::test_nothing_found_is_200_and_an_empty_list_at_every_address"],
    ),
    4: (
        "nested brackets reach the engine's own parser and end the server",
        [
            f"{INSIDE}::test_nested_brackets_are_refused_before_the_engine_is_asked",
            f"{INSIDE}::test_no_question_reaches_a_query_parser_of_elasticsearch",
            f"{INSIDE}::test_no_module_of_the_embedded_engine_calls_its_query_parser",
            f"{HTTP}::test_bad_input_leaves_the_service_and_the_engine_alive",
        ],
    ),
    5: (
        "signs of a pasted headline are a fault of the server, or find nothing; an unknown field",
        [
            f"{ASKED}::test_signs_of_a_pasted_headline_are_no_error_and_find_what_a_reader_expects",
            "tests/unit/test_parsing.py::test_unknown_field_is_text_and_told_with_the_nearest",
        ],
    ),
    6: (
        "a page of 0, -1 or a million articles is answered as something else",
        [
            f"{BAD}::test_bad_input_is_refused_with_a_way_out",
            *both("TestPaging::test_page_size_nought_counts_only"),
        ],
    ),
    7: (
        "one page costs the engine many requests",
        [f"{SERVER}::test_a_page_is_one_request_by_the_servers_own_count"],
    ),
    8: (
        "facets come out of order, or fewer than asked for, where there are many values",
        [f"{ASKED}::test_the_most_frequent_come_first_however_many_values_there_are"],
    ),
    9: (
        "each hit is worked over again in Python",
        [f"{INSIDE}::test_a_hit_more_costs_few_calls_however_many_there_are"],
    ),
    10: (
        "results are not ranked, titles weigh nothing, addresses are searched as words",
        [
            f"{ASKED}::test_known_items_are_found_no_worse_than_by_a_bare_match",
            f"{ASKED}::test_addresses_and_ids_are_not_searched_by_words",
            *both("TestSearching::test_a_word_in_the_title_weighs_more"),
        ],
    ),
    11: (
        "a query may be of any length and cost, and any number of them run at once",
        [
            "tests/unit/test_parsing.py::test_fault_is_named_with_place_and_way_out",
            "tests/unit/test_compiler.py::test_the_whole_body_of_a_narrowed_page",
            "tests/unit/test_elastic_gate.py::test_a_full_line_refuses_at_once_and_says_what_to_do",
            "tests/api/test_errors.py::test_a_busy_engine_says_when_to_come_back",
        ],
    ),
    12: (
        "walks that are given up stay open at the engine until it takes no more",
        [f"{SERVER}::test_abandoned_walks_leave_nothing_open_on_the_server"],
    ),
    13: (
        "with the engine away, starting or read-only the service falls, or answers 500",
        [
            f"{SERVER}::test_a_service_that_starts_before_its_engine_finds_it_and_finds_it_again",
            f"{SERVER}::test_an_engine_that_is_still_starting_is_a_503_with_the_reason",
            f"{SERVER}::test_a_read_only_archive_is_searched_and_a_refused_write_is_no_fault_of_ours",
            f"{START}::test_without_an_engine_the_service_starts_lives_and_says_what_is_missing",
        ],
    ),
    14: (
        "a new index is seen after a restart only; a start that was killed cannot be repeated",
        [
            f"{SERVER}::test_a_new_index_behind_the_alias_is_seen_without_a_restart",
            f"{ASKED}::test_a_rebuild_and_the_way_back_are_seen_without_a_restart",
            f"{SERVER}::test_a_first_start_killed_after_any_request_can_be_repeated",
            "tests/faults/test_embedded_kill.py::test_killed_at_any_step_it_heals",
        ],
    ),
    15: (
        "bad dates, turned ranges, unknown facets and unknown parameters pass in silence",
        [
            f"{BAD}::test_bad_input_is_refused_with_a_way_out",
            f"{BAD}::test_every_address_refuses_what_it_does_not_know",
        ],
    ),
    16: (
        "links that are printed lead nowhere",
        [f"{ASKED}::test_every_link_that_an_answer_or_a_page_prints_answers_200"],
    ),
    17: (
        "something is fetched from the internet at the start or at the first request",
        [
            f"{INSIDE}::test_nothing_is_fetched_from_the_internet_at_start_or_at_the_first_request",
            f"{PAGE}::test_the_page_asks_no_other_host_and_runs_no_inline_script",
        ],
    ),
}


def test_every_mistake_is_described_and_guarded() -> None:
    assert sorted(MISTAKES) == list(range(1, 18))
    assert all(said and guards for said, guards in MISTAKES.values())


def test_every_guard_is_a_test_that_is_collected(root: Path) -> None:
    guards = sorted({each for _, guards in MISTAKES.values() for each in guards})
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *guards],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == pytest.ExitCode.OK, found.stdout + found.stderr
    collected = {line.partition("[")[0] for line in found.stdout.splitlines() if "::" in line}
    assert set(guards) <= collected

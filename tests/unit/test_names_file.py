"""The file of decisions: what it may say, what is refused, and how lines are added."""

from __future__ import annotations

import errno
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.deciding import decide, line

from dateline.errors import SettingsError
from indexer.librarian.files import append_lines, find_names_file, read_names_file
from indexer.librarian.lines import HEADER, add_lines, parse_lines, render_line
from indexer.librarian.soundness import check_lines

if TYPE_CHECKING:
    from indexer.knowledge.decisions import Decision, Decisions

A, B, C = "Ada Holm", "Eda Holm", "Astrid Berg"


def text(*lines: Decision) -> str:
    return "\n".join(["names = [", *map(render_line, lines), "]", ""])


def check(content: str) -> Decisions:
    return check_lines(parse_lines(content, "names.toml"))


def test_a_line_says_all_that_a_decision_is() -> None:
    scoped = line(A, C, "rejected", "organisation", "Post", ("Carla Lund", 'The "Quay"'))
    assert check(text(line(B, A), scoped)) == decide(line(B, A), scoped)


@pytest.mark.parametrize("content", ["", HEADER, "names = []", "# nothing yet\nnames = [\n]\n"])
def test_a_file_without_lines_decides_nothing(content: str) -> None:
    assert check(content) == decide()


def test_open_lines_decide_nothing() -> None:
    assert check(text(line(B, A, "open"))) == decide()


WRONG = {
    "names = [": "names.toml is no TOML",
    "name = []": "names.toml has name",
    "names = 3": "names.toml has names that are no list",
    "names = [\n3,\n]": "entry 1 is no decision",
    text(line(B, A)).replace('"person"', '"place"'): "line 2: places are not joined by name",
    text(line(B, A)).replace('"person"', '"ship"'): "line 2: kind",
    text(line(B, A)).replace('"accepted"', '"yes"'): "line 2: verdict",
    text(line(B, A)).replace("to =", "into ="): "line 2: to",
    text(line(B, A)).replace(f'"{A}"', '" "'): "line 2: to: a name has",
    text(line(B, A)).replace(f'"{A}"', '"a\\u0007b"'): "line 2: to: a name has",
    text(line(B, A), line(A, A)): "line 3: from and to are the same",
    text(line(B, A)).replace("from", "beside = [], from"): "line 2: beside",
}


@pytest.mark.parametrize("content", WRONG)
def test_what_is_no_line_is_refused_with_its_place_and_the_way_out(content: str) -> None:
    with pytest.raises(SettingsError) as caught:
        check(content)
    assert WRONG[content] in caught.value.message
    assert caught.value.hint


def test_an_entry_over_several_lines_is_told_by_its_number() -> None:
    spread = text(line(B, A, beside=("X Y",)), line(C, C)).replace('"X', '\n"X')
    with pytest.raises(SettingsError, match="entry 2: from and to"):
        check(spread)


CONTRADICTIONS = {
    "two verdicts": [line(B, A), line(B, A, "rejected")],
    "the other way round": [line(B, A), line(A, B, "rejected")],
    "two names": [line(B, A), line(B, C)],
    "two names in print": [line(B, A), line("EDA HOLM", C)],
    "two spellings": [line(B, A), line("Ida Holm", "Áda Holm")],
    "two spellings decided": [line("Ada HOLM", A), line("Ada HOLM", "Áda Holm")],
    "a circle": [line(B, A), line(A, B)],
    "a longer circle": [line(B, A), line(A, C), line(C, B)],
    "a circle in one source": [line(B, A, source="Post"), line(A, B)],
    "two names of one source": [line(B, A, source="Post"), line(B, C, source="Post")],
    "print alone": [line(B, "EDA HOLM", source="Post")],
    "rejected, and led to one": [line(B, A, "rejected"), line(B, C), line(A, C)],
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_lines_that_contradict_each_other_are_refused(case: str) -> None:
    with pytest.raises(SettingsError, match=r"line \d") as caught:
        check(text(*CONTRADICTIONS[case]))
    assert "out" in caught.value.hint


AGREEING = {
    "a chain": [line(B, A), line(A, C)],
    "two sources": [line(B, A, source="Post"), line(B, C, source="Herald"), line(B, "Ida Berg")],
    "one kind and the other": [line(B, A), line(B, C, kind="organisation")],
    "a spelling and who goes to it": [line(B, "Áda Holm"), line(A, "Áda Holm")],
    "one spelling said for two": [line(B, A), line("Ida Holm", "Áda Holm"), line(A, "Áda Holm")],
    "rejected and another": [line(B, A, "rejected"), line(B, C)],
    "rejected in small letters": [line("ada holm", "Ada Holm", "rejected"), line("Ada Holm", B)],
    "twice the same": [line(B, A), line(B, A)],
}


@pytest.mark.parametrize("case", AGREEING)
def test_lines_that_agree_are_taken(case: str) -> None:
    assert check(text(*AGREEING[case])) == decide(*AGREEING[case])


NAMES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)
LINES = st.builds(line, NAMES, NAMES, st.sampled_from(["open", "accepted", "rejected"])).filter(
    lambda each: each.name != each.into
)


@given(st.lists(LINES, max_size=6), st.lists(LINES, max_size=6))
def test_added_lines_are_all_there_in_order_and_leave_the_others_alone(
    first: list[Decision], more: list[Decision]
) -> None:
    before = add_lines("", map(render_line, first), "names.toml")
    after = add_lines(before, [render_line(each, "why: } # not ]") for each in more], "names.toml")
    kept = iter(after.split("\n"))
    assert all(old in kept for old in before.split("\n"))
    entries = tomllib.loads(after)["names"]
    keys = [(each["kind"], each["to"], each["from"]) for each in entries]
    assert keys == sorted(keys)
    assert len(entries) == len(first) + len(more)
    assert {each.decision for each in parse_lines(after, "n")} == {*first, *more}


def test_comments_between_the_lines_stay_where_they_are() -> None:
    before = (
        f"# ours\nnames = [\n  # the harbour\n{render_line(line('Z', 'Z Q'))} # see letter\n]\n"
    )
    after = add_lines(before, [render_line(line(B, A)), render_line(line("Zz", "Zz Q"))], "n")
    assert (
        after.replace(f"{render_line(line(B, A))}\n", "").replace(
            f"{render_line(line('Zz', 'Zz Q'))}\n", ""
        )
        == before
    )


@pytest.mark.parametrize("content", ["# ours", "# ours\n"])
def test_a_comment_alone_stays_a_line_of_its_own(content: str) -> None:
    after = add_lines(content, [render_line(line(B, A))], "n")
    assert after.startswith("# ours\nnames = [\n")
    assert [each.decision for each in parse_lines(after, "n")] == [line(B, A)]


@pytest.mark.parametrize("content", ["names = [{}]", "names = [\n{ a = 1 }\n]", "names = [\n{},]"])
def test_a_file_of_another_layout_is_not_touched(content: str) -> None:
    with pytest.raises(SettingsError, match="laid out"):
        add_lines(content, [render_line(line(B, A))], "names.toml")


def test_a_file_is_begun_and_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "names.toml"
    append_lines(path, "", [render_line(line(B, A))])
    append_lines(path, path.read_text(encoding="utf-8"), [render_line(line(C, "Ö"))])
    assert read_names_file(path).decisions == decide(line(B, A), line(C, "Ö"))
    assert [each.name for each in path.parent.iterdir()] == ["names.toml"]


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    path = tmp_path / "names.toml"
    path.write_text(text(line(B, A)), encoding="utf-8")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SettingsError, match="cannot be written: Operation not permitted"):
        append_lines(path, path.read_text(encoding="utf-8"), [render_line(line(C, A))])
    assert path.read_text(encoding="utf-8") == text(line(B, A))
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    link, real = tmp_path / "names.toml", tmp_path / "kept.toml"
    real.write_text(HEADER, encoding="utf-8")
    link.symlink_to(real)
    append_lines(link, HEADER, [render_line(line(B, A))])
    assert link.is_symlink()
    assert read_names_file(real).decisions == decide(line(B, A))


def test_the_data_folder_may_have_no_file_and_a_named_one_must_be_there(tmp_path: Path) -> None:
    assert find_names_file(None, tmp_path) is None
    (tmp_path / "names.toml").write_text(text(line(B, A)), encoding="utf-8")
    found = find_names_file(None, tmp_path)
    assert found is not None
    assert found.decisions == decide(line(B, A))
    with pytest.raises(SettingsError, match="no file of names"):
        find_names_file(tmp_path / "other.toml", tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_bytes(b"names = [] # \xff")
    with pytest.raises(SettingsError, match="no UTF-8"):
        read_names_file(path)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_names_file(tmp_path)

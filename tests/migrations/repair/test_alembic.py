"""Repairs of Alembic revisions: only the parent's name changes, whatever stands around it."""

from __future__ import annotations

import pytest
from migrations.repair.texts import Files, alembic, mended

from gate.model.migrations import Store
from gate.model.repairs import NoRepair, Repair

STORE = Store("alembic", "versions", ("versions",))
TARGET = {"versions/a8.py": alembic("a8", "None"), "versions/a9.py": alembic("a9", "'a8'")}
FIRST = {"versions/b1.py": alembic("b1", "'a9'")}


def fixed(mine: Files, *, before: Files = FIRST, published: tuple[str, ...] = ()) -> Repair:
    answer = mended([STORE], TARGET, mine, before=before, published=published)
    assert isinstance(answer, Repair), answer
    return answer


def refused(mine: Files, *, before: Files = FIRST) -> str:
    answer = mended([STORE], TARGET, mine, before=before)
    assert isinstance(answer, NoRepair), answer
    return answer.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"revision = 'c1'\ndown_revision = 'a9'\n", b"revision = 'c1'\ndown_revision = 'b1'\n"),
        (b'revision = "c1"\ndown_revision = "a9"\n', b'revision = "c1"\ndown_revision = "b1"\n'),
        (b"revision='c1'\ndown_revision=u'a9'", b"revision='c1'\ndown_revision=u'b1'"),
        (
            b"revision: str = 'c1'\r\ndown_revision: str | None = 'a9'  # a9\r\n",
            b"revision: str = 'c1'\r\ndown_revision: str | None = 'b1'  # a9\r\n",
        ),
        (
            b"\xef\xbb\xbfdown_revision = 'a9'\nrevision = 'c1'\n",
            b"\xef\xbb\xbfdown_revision = 'b1'\nrevision = 'c1'\n",
        ),
        (
            b"# coding: latin-1\nx = '\xe9'; revision = 'c1'; down_revision = 'a9' # \xe9\n",
            b"# coding: latin-1\nx = '\xe9'; revision = 'c1'; down_revision = 'b1' # \xe9\n",
        ),
        (
            "x = 'é'; revision = 'c1'; down_revision = 'a9'\n".encode(),
            "x = 'é'; revision = 'c1'; down_revision = 'b1'\n".encode(),
        ),
        (
            b"revision = 'c1'\ndown_revision = (  # one\n\t'a9',\n)\n",
            b"revision = 'c1'\ndown_revision = (  # one\n\t'b1',\n)\n",
        ),
        (
            b'"""Say.\n\nRevision ID: c1\nRevises: a9\n"""\nrevision = "c1"\ndown_revision = "a9"\nx = "a9"\n',
            b'"""Say.\n\nRevision ID: c1\nRevises: b1\n"""\nrevision = "c1"\ndown_revision = "b1"\nx = "a9"\n',
        ),
        (
            b"BASE = 'a9'\nrevision = 'c1'\ndown_revision = BASE\n",
            b"BASE = 'b1'\nrevision = 'c1'\ndown_revision = BASE\n",
        ),
    ],
)
def test_only_the_parent_changes(text: bytes, expected: bytes) -> None:
    [rewrite] = fixed({"versions/c1.py": text}).rewrites

    assert (rewrite.path, rewrite.final_path) == ("versions/c1.py", "versions/c1.py")
    assert rewrite.after == expected


def test_only_the_root_of_a_chain_moves() -> None:
    mine = {"versions/c1.py": alembic("c1", "'a9'"), "versions/c2.py": alembic("c2", "'c1'")}
    answer = fixed(mine)

    assert [rewrite.path for rewrite in answer.rewrites] == ["versions/c1.py"]
    assert answer.steps == ("`c1` follows `b1` in place of `a9`",)


def test_two_chains_of_one_stream_follow_one_another() -> None:
    mine = {"versions/c1.py": alembic("c1", "'a9'"), "versions/d1.py": alembic("d1", "'a9'")}

    assert fixed(mine).steps == (
        "`c1` follows `b1` in place of `a9`",
        "`d1` follows `c1` in place of `a9`",
    )


def test_of_a_merge_only_the_parent_that_others_follow_moves() -> None:
    mine = {
        "versions/c1.py": alembic("c1", "'a8'"),
        "versions/c2.py": alembic("c2", "('a9', 'c1')"),
    }
    answer = fixed(mine)

    assert answer.steps == ("`c2` follows `b1` in place of `a9`",)
    assert b"('b1', 'c1')" in (answer.rewrites[0].after or b"")


@pytest.mark.parametrize(
    "mine",
    [
        {"versions/c1.py": alembic("c1", "'b1'")},
        {"versions/c1.py": alembic("c1", "'a9'"), "versions/c2.py": alembic("c2", "('b1', 'c1')")},
        {"versions/c1.py": alembic("c1", "'a9'") + b"branch_labels = 'mine'\n"},
        dict(FIRST),
        {},
    ],
)
def test_there_is_nothing_to_do(mine: Files) -> None:
    labelled = {
        path: text.replace(b"\n\n\ndef", b"\nbranch_labels = 'mine'\n\n\ndef")
        if b"branch_labels" in text
        else text
        for path, text in mine.items()
    }
    assert fixed(labelled).rewrites == ()


def test_numbers_go_on_where_ids_are_numbered() -> None:
    target = {"versions/0007_x.py": alembic("0007_x", "None")}
    mine = {
        "versions/0008_c.py": b'"""Say.\n\nRevision ID: 0008_c\nRevises: 0007_x\n"""\n'
        + alembic("0008_c", "'0007_x'"),
        ".current-alembic-head": b"0008_c\n",
    }
    answer = mended([STORE], target, mine, before={"versions/0008_b.py": alembic("0008_b", "'0007_x'")})

    assert isinstance(answer, Repair)
    head, rewrite = answer.rewrites
    assert (rewrite.final_path, head.after) == ("versions/0009_c.py", b"0009_c\n")
    assert rewrite.after == b'"""Say.\n\nRevision ID: 0009_c\nRevises: 0008_b\n"""\n' + alembic(
        "0009_c", "'0008_b'"
    )


def test_an_id_that_is_taken_becomes_another_with_its_references() -> None:
    mine = {
        "versions/b1_mine.py": alembic("b1", "'a9'", body="mine()"),
        "versions/c2.py": alembic("c2", "'b1'"),
    }
    answer = fixed(mine)
    first, second = answer.rewrites

    ids = {node.path: node.id for node in answer.nodes}
    assert ids[first.final_path] != "b1"
    assert f"'{ids[first.final_path]}'".encode() in (second.after or b"")


def test_a_second_merge_of_the_same_heads_goes() -> None:
    fork = {**FIRST, "versions/b2.py": alembic("b2", "'a9'")}
    mine = {"versions/m2.py": alembic("m2", "('b1', 'b2')", body="pass")}
    answer = mended([STORE], TARGET | fork, mine, before={"versions/m1.py": alembic("m1", "('b2', 'b1')")})

    assert isinstance(answer, Repair)
    [rewrite] = answer.rewrites
    assert (rewrite.path, rewrite.after) == ("versions/m2.py", None)


def test_what_is_published_is_merged() -> None:
    answer = fixed({"versions/c1.py": alembic("c1", "'a9'")}, published=("versions/c1.py",))
    [rewrite] = answer.rewrites

    assert rewrite.before is None
    assert b'down_revision = ("b1", "c1")' in (rewrite.after or b"")


@pytest.mark.parametrize(
    ("mine", "reason"),
    [
        ({"versions/c1.py": alembic("c1", "'a' '9'")}, "is not one plain text"),
        ({"versions/c1.py": alembic("c1", '"""a9"""')}, "is not one plain text"),
        ({"versions/c1.py": alembic("c1", "None")}, "starts from nothing"),
        ({"versions/c1.py": b"print 1\n" + alembic("c1", "'a9'")}, "is not certain"),
        (
            {
                "versions/c1.py": b"BASE = 'a9'\n"
                + alembic("c1", "BASE").replace(b"'x'", b"BASE")
                + b"print 1\n"
            },
            "cannot be read as Python",
        ),
    ],
)
def test_refusals(mine: Files, reason: str) -> None:
    assert reason in refused(mine)


def test_a_merge_of_what_is_merged_by_now_is_left_to_people() -> None:
    fork = {**FIRST, "versions/b2.py": alembic("b2", "'a9'")}
    mine = {"versions/m2.py": alembic("m2", "('b1', 'b2')"), "versions/m3.py": alembic("m3", "'m2'")}
    answer = mended([STORE], TARGET | fork, mine, before={"versions/m1.py": alembic("m1", "('b2', 'b1')")})

    assert answer == NoRepair("second", "all that `m2` merges leads to `m1` by now: drop it")


def test_several_heads_after_the_parent_are_nobodys_to_choose() -> None:
    before = {**FIRST, "versions/b2.py": alembic("b2", "'a9'")}
    assert "2 heads follow `a9`" in refused({"versions/c1.py": alembic("c1", "'a9'")}, before=before)


def test_a_second_merge_that_does_something_stays() -> None:
    fork = {**FIRST, "versions/b2.py": alembic("b2", "'a9'")}
    mine = {"versions/m2.py": alembic("m2", "('b1', 'b2')")}
    answer = mended([STORE], TARGET | fork, mine, before={"versions/m1.py": alembic("m1", "('b2', 'b1')")})

    assert isinstance(answer, NoRepair)
    assert "does more than that" in answer.reason


def test_a_file_that_is_nested_too_deeply_ends_in_a_word() -> None:
    text = alembic("c1", "'a9'", body="x" + ".x" * 3000)
    assert refused({"versions/c1.py": text})


def test_nothing_moves_beside_a_migration_that_nobody_can_place() -> None:
    store = Store("alembic", "versions", ("versions",), unread=("versions/odd.py",))
    answer = mended([store], TARGET, {"versions/c1.py": alembic("c1", "'a9'")}, before=FIRST)

    assert answer == NoRepair("second", "the place of versions/odd.py on the target is not known")

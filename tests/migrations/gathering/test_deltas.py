"""What a stream does to files that hold several migrations: whatever they are, each counts by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gate.migrations.gathering.deltas import TargetMigrations, stream_delta
from gate.model.migrations import Key, Node

PARTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12"))
FILES = st.fixed_dictionaries({"x": PARTS, "y": PARTS})
Files = dict[str, dict[str, str]]


def nodes(path: str, parts: dict[str, str], blob: str) -> tuple[Node, ...]:
    """The migrations of one file, keyed by its path as Liquibase does."""
    return tuple(
        Node("liquibase", Key("s", f"{path}::{name}"), path, blob, order_key=(name,), digest=digest)
        for name, digest in parts.items()
    )


@given(FILES, FILES)
def test_each_part_is_added_gone_or_edited_by_itself(old: Files, new: Files) -> None:
    before = {(path, "old"): nodes(path, parts, "old") for path, parts in old.items()}
    after = {(path, "new"): nodes(path, parts, "new") for path, parts in new.items()}
    target = TargetMigrations.of(dict(before.keys()), [node for group in before.values() for node in group])

    delta = stream_delta("a", dict(after.keys()), target, before | after)

    was = {(path, name): digest for path, parts in old.items() for name, digest in parts.items()}
    now = {(path, name): digest for path, parts in new.items() for name, digest in parts.items()}
    assert names(delta.added) == sorted(now.keys() - was.keys())
    assert names(delta.removed) == sorted(was.keys() - now.keys())
    assert names(delta.edited) == sorted(key for key in was.keys() & now.keys() if was[key] != now[key])
    assert not delta.repeated


@given(PARTS, st.lists(st.sampled_from("abc"), max_size=6))
def test_a_part_that_a_stream_repeats_is_there_twice(old: dict[str, str], more: list[str]) -> None:
    """One pair however often; what the target has comes first."""
    base = nodes("x", old, "old")
    fresh = [*nodes("x", old, "new"), *(node for name in more for node in nodes("x", {name: "3"}, "new"))]
    target = TargetMigrations.of({"x": "old"}, base)

    delta = stream_delta("a", {"x": "new"}, target, {("x", "old"): base, ("x", "new"): tuple(fresh)})

    repeated = {name for name in {*old, *more} if [*old, *more].count(name) > 1}
    assert {first.id.rpartition("::")[2] for first, _ in delta.repeated} == repeated
    assert all(first.digest == old.get(first.id.rpartition("::")[2], "3") for first, _ in delta.repeated)
    assert len(delta.repeated) == len(repeated)
    assert not delta.edited


def test_many_of_one_name_cost_no_more_each() -> None:
    many = nodes("x", {"a": "1"}, "new") * 50_000
    delta = stream_delta("a", {"x": "new"}, TargetMigrations.of({}, ()), {("x", "new"): many})
    assert len(delta.repeated) == 1


def names(nodes_of_delta: tuple[Node, ...]) -> list[tuple[str, str]]:
    """Path and name of each, sorted."""
    return sorted((node.path, node.id.rpartition("::")[2]) for node in nodes_of_delta)

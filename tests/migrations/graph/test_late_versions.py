"""Ordered stores: equal keys, equal names, late keys, edited migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.graph.graphs import collided, delta, node

if TYPE_CHECKING:
    from gate.model.collisions import MigrationFacts
    from gate.model.migrations import Node


def at(*key: int, name: str = "", label: str = "", **more: str) -> Node:
    """A migration of that version."""
    version = "_".join(map(str, key))
    return node(f"{version}{name}", order_key=key, labels=(label,) if label else (), **more)


def late(facts: MigrationFacts) -> list[tuple[str, str, str, str]]:
    return [
        (version.stream, version.node.id, version.applied_by, version.applied.id) for version in facts.late
    ]


@pytest.mark.parametrize(
    ("target", "a", "b", "how", "expected"),
    [
        pytest.param([3], [4], [], "error", [], id="above"),
        pytest.param([3], [2], [], "error", [("a", "2", "", "3")], id="below the target's"),
        pytest.param(
            [3], [1, 2, 5], [], "error", [("a", "1", "", "3"), ("a", "2", "", "3")], id="two of three"
        ),
        pytest.param([3], [2], [], "", [], id="nobody minds"),
        pytest.param([3], [4], [5], "error", [("a", "4", "b", "5")], id="below another's"),
        pytest.param([3], [4], [5], "warning", [("a", "4", "b", "5")], id="below another's, which runs"),
        pytest.param([3], [4], [4], "error", [], id="the same file"),
        pytest.param([], [1], [2], "error", [("a", "1", "b", "2")], id="a new store"),
        pytest.param(
            [3], [4, 7], [5], "error", [("a", "4", "b", "5"), ("b", "5", "a", "7")], id="into one another"
        ),
        pytest.param([3], [4, 7], [5], "warning", [], id="into one another, where no order helps"),
        pytest.param([3], [2], [5], "error", [("a", "2", "", "3")], id="told once"),
    ],
)
def test_late_keys(
    target: list[int], a: list[int], b: list[int], how: str, expected: list[tuple[str, str, str, str]]
) -> None:
    facts = collided(
        tuple(at(version) for version in target),
        delta("a", *(at(version) for version in a)),
        delta("b", *(at(version) for version in b)),
        model="ordered",
        late=how,
    )

    assert late(facts) == expected


def test_a_version_the_target_has_is_late_for_nobody() -> None:
    facts = collided((at(3),), delta("a", at(3, name="x")), delta("b", at(5)), model="ordered", late="error")

    assert late(facts) == []
    assert [(version.kind, version.first, version.second) for version in facts.duplicates] == [
        ("key", "a", "")
    ]


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        pytest.param((), at(1, 2, name="x"), at(1, 2, name="y"), [("key", "1.2", "a", "b")], id="versions"),
        pytest.param((at(4, name="x"),), at(4, name="y"), at(5), [("key", "4", "a", "")], id="the target's"),
        pytest.param((), at(4, label="n"), at(5, label="n"), [("name", "n", "a", "b")], id="names"),
        pytest.param(
            (at(3, label="n"),), at(4, label="n"), at(5), [("name", "n", "a", "")], id="the target's name"
        ),
        pytest.param(
            (),
            at(4, name="x", label="n"),
            at(4, name="y", label="n"),
            [("key", "4", "a", "b")],
            id="told once",
        ),
        pytest.param((), at(4, label="n"), at(5, label="m"), [], id="neither"),
        pytest.param(
            (), node("R__a"), node("R__b"), [], id="what has no place in the order has no equal version"
        ),
    ],
)
def test_equal_keys_and_names(
    target: tuple[Node, ...], a: Node, b: Node, expected: list[tuple[str, str, str, str]]
) -> None:
    facts = collided(target, delta("a", a), delta("b", b), model="ordered")

    assert [
        (version.kind, version.value, version.first, version.second) for version in facts.duplicates
    ] == expected


def test_a_name_whose_migration_goes_is_free() -> None:
    ground = at(3, label="n")
    facts = collided((ground,), delta("a", at(4, label="n"), removed=("3",)), model="ordered")

    assert facts.duplicates == ()


@pytest.mark.parametrize(("checked", "expected"), [(True, ["3"]), (False, [])])
def test_edited_migrations_matter_where_they_are_compared(checked: bool, expected: list[str]) -> None:
    facts = collided((at(3),), delta("a", edited=(at(3),)), model="ordered", checked=checked)

    assert [version.node.id for version in facts.edited] == expected

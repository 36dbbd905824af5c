"""G243."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from link.migrations.graphs import collided, delta, node
from support.facts import ask, facts, stream

from gate.checks.migration_parent import migration_parent
from gate.model.finding import Apart, Before, Finding, Severity

if TYPE_CHECKING:
    from gate.model.migrations import Delta, MigrationFacts

LINE = ("a1", "a2<a1")


def found(known: MigrationFacts) -> list[Finding]:
    return ask(migration_parent, facts(stream("a"), stream("b"), migrations=known))


@pytest.mark.parametrize(
    ("deltas", "message", "hint"),
    [
        pytest.param(
            (delta("a", gone=("a2<a1",)), delta("b", "c<a2")),
            "b's migration `c` follows `a2`, which a removes",
            "land a, then in b name a parent that is there in db/c.py:1",
            id="removed",
        ),
        pytest.param(
            (delta("a", "n2<a1", gone=("a2<a1",)), delta("b", "c<a2")),
            "b's migration `c` follows `a2`, which a turns into `n2`",
            "land a, then in b set down_revision of `c` (db/c.py:1) to 'n2'",
            id="renamed",
        ),
        pytest.param(
            (delta("a", gone=("a2<a1",)), delta("b", "other.c<db.a2")),
            "b's migration `c` follows `a2` of db, which a removes",
            "land a, then in b name a parent that is there in other/c.py:1",
            id="of another app",
        ),
        pytest.param(
            (delta("a", gone=("a2<a1",)), delta("b", node("c<a1", soft_parents=("a2",)))),
            "b's migration `c` follows `a2`, which a removes",
            "land a, then in b name a parent that is there in db/c.py:1",
            id="by depends_on",
        ),
    ],
)
def test_a_parent_the_other_takes_away(deltas: tuple[Delta, ...], message: str, hint: str) -> None:
    [one] = found(collided(LINE, *deltas))

    assert (one.kind, one.severity, one.message, one.hint) == ("missing", Severity.ERROR, message, hint)
    assert one.constraints == (Apart(("b", "a")),)


def test_a_parent_that_is_nowhere_is_the_streams_own() -> None:
    [one] = found(collided(LINE, delta("b", "c<zz")))

    assert one.message == "b's migration `c` follows `zz`, which is not there"
    assert (one.branches, one.severity) == (("b",), Severity.ERROR)


def test_a_shortened_parent() -> None:
    [one] = found(collided(("abcdef", "b<abcdef"), delta("b", "c<abc")))

    assert one.hint == "write the whole of `abcdef` in db/c.py:1: files may not shorten it"


def test_a_file_nobody_can_place_may_be_the_parent() -> None:
    [one] = found(collided(LINE, delta("b", "c<zz"), unread=("db/odd.py",)))

    assert one.severity is Severity.WARNING


def test_a_parent_another_stream_brings_has_to_land_first() -> None:
    [one] = found(collided(LINE, delta("a", "b<a2"), delta("b", "c<b")))

    assert (one.kind, one.severity) == ("order", Severity.NOTE)
    assert one.message == "b's migration `c` follows `b`, which a brings"
    assert one.constraints == (Before("a", "b"),)


@pytest.mark.parametrize(
    "deltas",
    [
        pytest.param((delta("b", "c<outside.x"),), id="of an app outside the repository"),
        pytest.param((delta("a", "b<a2"), delta("b", "b<a2", "c<b")), id="brought along"),
        pytest.param(
            (delta("a", node("s", replaces=("a1", "a2")), gone=("a2<a1",)), delta("b", "c<a2")), id="squashed"
        ),
        pytest.param((delta("a", "a2<a1", gone=()), delta("b", "c<a2")), id="still there"),
    ],
)
def test_what_is_there(deltas: tuple[Delta, ...]) -> None:
    assert found(collided(LINE, *deltas)) == []


def test_a_parent_the_target_lacks_too_is_nobodys() -> None:
    assert found(collided((*LINE, "b<lost"), delta("b", node("b<lost", labels=("x",))))) == []


@pytest.mark.parametrize(
    ("target", "deltas", "message"),
    [
        pytest.param(LINE, (delta("a", "b<b"),), "a has migrations of which `b` follows itself", id="a loop"),
        pytest.param(
            LINE,
            (delta("a", "b<c", "c<b"),),
            "a has migrations of which `b` and `c` follow one another in a circle",
            id="of two",
        ),
        pytest.param(
            LINE,
            (delta("a", node("b<a2", run_before=("a1",))),),
            "a has migrations of which `b`, `a2` and `a1` follow one another in a circle",
            id="by run_before",
        ),
        pytest.param(
            ("a1", "p.x1"),
            (delta("a", "a1<p.x1"), delta("b", "p.x1<db.a1")),
            "a and b together have migrations of which `a1` and `x1` follow one another in a circle",
            id="of two streams",
        ),
    ],
)
def test_circles(target: tuple[str, ...], deltas: tuple[Delta, ...], message: str) -> None:
    [one] = found(collided(target, *deltas))

    assert (one.kind, one.severity, one.message) == ("cycle", Severity.ERROR, message)

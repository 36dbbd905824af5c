"""G243."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.graph.graphs import collided, delta, node
from support.facts import ask, facts, stream

from gate.checks.migration_parent import migration_parent
from gate.model.finding import Apart, Before, Confidence, Finding, Serial, Severity

if TYPE_CHECKING:
    from gate.model.collisions import MigrationFacts
    from gate.model.migrations import Delta, Node

LINE = ("a1", "a2<a1")


def found(known: MigrationFacts) -> list[Finding]:
    return ask(migration_parent, facts(stream("a"), stream("b"), migrations=known))


@pytest.mark.parametrize(
    ("deltas", "message", "hint"),
    [
        pytest.param(
            (delta("a", removed=("a2<a1",)), delta("b", "c<a2")),
            "b's migration `c` follows `a2`, which a removes",
            "land a, then in b name a parent that exists in db/c.py:1",
            id="removed",
        ),
        pytest.param(
            (delta("a", "n2<a1", removed=("a2<a1",)), delta("b", "c<a2")),
            "b's migration `c` follows `a2`, which a turns into `n2`",
            "land a, then in b set down_revision of `c` (db/c.py:1) to 'n2'",
            id="renamed",
        ),
        pytest.param(
            (delta("a", removed=("a2<a1",)), delta("b", "other.c<db.a2")),
            "b's migration `c` follows `a2` of db, which a removes",
            "land a, then in b name a parent that exists in other/c.py:1",
            id="of another app",
        ),
        pytest.param(
            (delta("a", removed=("a2<a1",)), delta("b", node("c<a1", soft_parents=("a2",)))),
            "b's migration `c` follows `a2`, which a removes",
            "land a, then in b name a parent that exists in db/c.py:1",
            id="by depends_on",
        ),
        pytest.param(
            (delta("a", removed=("a2<a1",)), delta("b", node("other.c", run_before=("db.a2",)))),
            "b's migration `c` comes before `a2` of db, which a removes",
            "land a, then in b name a migration that exists in other/c.py:1",
            id="by run_before",
        ),
        pytest.param(
            (delta("a", "n2<a1", removed=("a2<a1",)), delta("b", node("other.c", run_before=("db.a2",)))),
            "b's migration `c` comes before `a2` of db, which a turns into `n2`",
            "land a, then in b name `n2` in run_before of other/c.py:1",
            id="by run_before, renamed",
        ),
        pytest.param(
            (delta("a", "n2<a1", removed=("a2<a1",)), delta("b", "other.c<db.a2")),
            "b's migration `c` follows `a2` of db, which a turns into `n2`",
            "land a, then in b set down_revision of `c` (other/c.py:1) to 'n2'",
            id="of another app, renamed",
        ),
    ],
)
def test_a_parent_the_other_takes_away(deltas: tuple[Delta, ...], message: str, hint: str) -> None:
    [one] = found(collided(LINE, *deltas))

    assert (one.kind, one.severity, one.message, one.hint) == ("missing", Severity.ERROR, message, hint)
    assert one.constraints == (Apart(("b", "a")),)


@pytest.mark.parametrize(
    ("one", "does"),
    [
        pytest.param("c<zz", "follows", id="a parent"),
        pytest.param(node("c<a2", soft_parents=("zz",)), "follows", id="by depends_on"),
        pytest.param(node("c<a2", run_before=("zz",)), "comes before", id="by run_before"),
    ],
)
def test_a_parent_that_is_nowhere_is_the_streams_own(one: str | Node, does: str) -> None:
    [told] = found(collided(LINE, delta("b", one)))

    assert told.message == f"b's migration `c` {does} `zz`, which does not exist"
    assert (told.branches, told.severity) == (("b",), Severity.ERROR)


def test_a_shortened_parent() -> None:
    [one] = found(collided(("abcdef", "b<abcdef"), delta("b", "c<abc")))

    assert one.hint == "write `abcdef` in full in db/c.py:1: a file may not shorten it"


def test_a_file_nobody_can_place_may_be_the_parent() -> None:
    [one] = found(collided(LINE, delta("b", "c<zz"), unread=("db/odd.py",)))

    assert one.severity is Severity.WARNING


def test_what_one_comes_before_has_to_land_first() -> None:
    [one] = found(collided(LINE, delta("a", "b<a2"), delta("b", node("other.c", run_before=("db.b",)))))

    assert one.message == "b's migration `c` comes before `b`, which a adds"
    assert one.constraints == (Before("a", "b"),)


def test_a_parent_another_stream_brings_has_to_land_first() -> None:
    [one] = found(collided(LINE, delta("a", "b<a2"), delta("b", "c<b")))

    assert (one.kind, one.severity) == ("order", Severity.NOTE)
    assert one.message == "b's migration `c` follows `b`, which a adds"
    assert one.constraints == (Before("a", "b"),)


@pytest.mark.parametrize(
    "deltas",
    [
        pytest.param((delta("b", "c<outside.x"),), id="of an app outside the repository"),
        pytest.param((delta("a", "b<a2"), delta("b", "b<a2", "c<b")), id="brought along"),
        pytest.param(
            (delta("a", node("s", replaces=("a2",)), removed=("a2<a1",)), delta("b", "c<a2")), id="squashed"
        ),
        pytest.param((delta("a", "a2<a1", removed=()), delta("b", "c<a2")), id="still there"),
    ],
)
def test_what_is_there(deltas: tuple[Delta, ...]) -> None:
    assert found(collided(LINE, *deltas)) == []


@pytest.mark.parametrize("target", [LINE, (*LINE, node("s", replaces=("a1", "a2")))])
def test_a_parent_that_a_squash_stands_for_is_lost_where_it_has_been_applied_in_part(
    target: tuple[str, ...],
) -> None:
    fresh = () if len(target) > 2 else (node("s", replaces=("a1", "a2")),)
    known = collided(target, delta("a", *fresh, removed=("a2<a1",)), delta("b", "c<a2"))
    [one] = found(known)

    assert (one.kind, one.severity, one.confidence) == ("missing", Severity.WARNING, Confidence.LIKELY)
    assert one.message == (
        "b's migration `c` follows `a2`, which a removes; `s` stands for it, "
        "but not in a database that has only a part of what is squashed"
    )
    assert one.hint == "land a, then in b set down_revision of `c` (db/c.py:1) to 's'"
    assert one.constraints == (Serial(("b", "a")),)
    assert known.squashes == ()


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
            LINE,
            (delta("a", node("b<a2", soft_parents=("c",)), "c<b"),),
            "a has migrations of which `b` and `c` follow one another in a circle",
            id="by depends_on",
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


ACROSS = ("x.1", "y.1<x.1", "x.2<x.1,y.1")
"""Of two apps: `x` cannot be squashed without `y`."""


def test_a_squash_takes_nothing_over_from_what_is_gone() -> None:
    squash = node("x.s", replaces=("1", "2"))
    assert found(collided(ACROSS, delta("a", squash, removed=("x.2<x.1,y.1", "x.1")))) == []


def test_squashes_that_overlap_make_no_circle() -> None:
    squashes = [node(f"x.{name}", replaces=("1", "2")) for name in "st"]
    assert found(collided(ACROSS, delta("a", *squashes))) == []


@pytest.mark.parametrize(
    ("target", "deltas", "severity", "end"),
    [
        pytest.param(
            ACROSS,
            (delta("a", node("x.s<y.1", replaces=("1", "2"))),),
            Severity.ERROR,
            "a has migrations of which `s` and `1` follow one another in a circle"
            " in a new database, and in one that has all that is squashed",
            id="by a squash",
        ),
        pytest.param(
            ACROSS,
            (delta("a", node("x.s", replaces=("1", "2"))),),
            Severity.ERROR,
            "a has migrations of which `s` and `1` follow one another in a circle"
            " in a new database, and in one that has all that is squashed",
            id="by what a squashed one waits for",
        ),
        pytest.param(
            ("x.1", "x.2<x.1", node("x.s", replaces=("1", "2")), "x.3<x.s"),
            (delta("a", "x.2<x.3"),),
            Severity.WARNING,
            "a has migrations of which `2` and `3` follow one another in a circle"
            " in a database that has only a part of what is squashed",
            id="where it has been applied in part",
        ),
        pytest.param(
            ("x.1", "x.2<x.1", node("x.s", replaces=("1", "2"))),
            (delta("a", "x.3<x.4", "x.4<x.3"),),
            Severity.ERROR,
            "a has migrations of which `3` and `4` follow one another in a circle",
            id="either way",
        ),
    ],
)
def test_circles_through_squashes(
    target: tuple[str, ...], deltas: tuple[Delta, ...], severity: Severity, end: str
) -> None:
    [one] = found(collided(target, *deltas))

    assert (one.kind, one.severity, one.message) == ("cycle", severity, end)

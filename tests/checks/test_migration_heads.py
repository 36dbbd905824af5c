"""G240."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from migrations.graph.graphs import collided, delta, node
from support.facts import ask, facts, stream

from gate.checks.migration_heads import migration_heads
from gate.model.finding import Apart, Before, Confidence, Finding, Location, Serial, Severity
from gate.model.migrations import Mark

if TYPE_CHECKING:
    from gate.model.collisions import MigrationFacts

LINE = ("a1", "a2<a1")


def found(known: MigrationFacts) -> list[Finding]:
    return ask(migration_heads, facts(stream("a"), stream("b"), migrations=known))


def test_a_fork_names_both_the_shared_parent_and_the_line_to_change() -> None:
    marks = (Mark("id", "c1", 3), Mark("parent", "a2", 4))
    [one] = found(collided(LINE, delta("a", "b1<a2", "b2<b1"), delta("b", node("c1<a2", marks=marks))))

    assert (one.kind, one.severity, one.confidence) == ("heads", Severity.ERROR, Confidence.CERTAIN)
    assert one.message == (
        "a and b both add a migration after `a2` (db/a2.py): `b1` to `b2` and `c1`; together they leave 2 heads"
    )
    assert one.hint == "land a, then in b set down_revision of `c1` (db/c1.py:4) to 'b2'"
    assert one.locations == (Location("a", "db/b1.py", 1), Location("b", "db/c1.py", 4))
    assert one.constraints == (Apart(("a", "b")),)


def test_three_are_told_in_turn() -> None:
    [one] = found(collided(LINE, delta("a", "b<a2"), delta("b", "c<a2"), delta("c", "d<a2")))

    assert one.branches == ("a", "b", "c")
    assert one.hint == (
        "land a, then in b set down_revision of `c` (db/c.py:1) to 'b', "
        "then in c set down_revision of `d` (db/d.py:1) to 'c'"
    )
    assert one.constraints == (Apart(("a", "b")), Apart(("a", "c")), Apart(("b", "c")))


def test_a_django_parent_is_a_pair() -> None:
    known = collided(LINE, delta("a", "b<a2"), delta("b", "c<a2"))
    chains = tuple(
        replace(chain, nodes=tuple(replace(one, tool="django") for one in chain.nodes))
        for chain in known.forks[0].chains
    )
    [one] = found(replace(known, forks=(replace(known.forks[0], chains=chains),)))

    assert one.hint == "land a, then in b set the dependency of `c` (db/c.py:1) to ('db', 'b')"


@pytest.mark.parametrize(
    ("known", "kind", "message", "hint"),
    [
        (
            collided((*LINE, "a3<a2"), delta("a", "b<a2")),
            "heads",
            "a adds `b` after `a2`, where the target has `a3` by now; landing it leaves another head",
            "set down_revision of `b` (db/b.py:1) to 'a3'",
        ),
        (
            collided(LINE, delta("a", "b<a2", "c<a2")),
            "heads",
            "a adds `b` and `c` after `a2`, and leaves 2 heads by itself",
            "set down_revision of `c` (db/c.py:1) to 'b'",
        ),
        (
            collided(LINE, delta("a", "b")),
            "base",
            "a starts the migrations of db again with `b`, beside `a2`",
            "set down_revision of `b` (db/b.py:1) to 'a2'",
        ),
        (
            collided((), delta("a", "b"), delta("b", "c")),
            "base",
            "a and b both start the migrations of db: `b` and `c`; together they leave 2 heads",
            "land a, then in b set down_revision of `c` (db/c.py:1) to 'b'",
        ),
        (
            collided(("a1", "a2<a1", "a3<a1"), delta("a", "m<a2,a3"), delta("b", "n<a2,a3")),
            "merges",
            "a and b both merge the heads `a2` and `a3`: `m` and `n`; together they leave 2 heads",
            "land a, and remove `n` (db/n.py) from b",
        ),
        (
            collided(
                LINE,
                delta("a", node("s", replaces=("a1", "a2"))),
                delta("b", node("t", replaces=("a1", "a2"))),
            ),
            "squash",
            "a and b both squash the same migrations of db: `s` and `t`; together they leave 2 heads "
            "in a new database, and in one that has all that is squashed",
            "land a, and squash again what is left in b",
        ),
    ],
)
def test_other_kinds(known: MigrationFacts, kind: str, message: str, hint: str) -> None:
    [one] = found(known)

    assert (one.kind, one.message, one.hint) == (kind, message, hint)
    assert one.severity is Severity.ERROR


def test_a_migration_that_is_put_elsewhere() -> None:
    """`a3` goes where `a2` is: what was between them is a head then."""
    [one] = found(collided(("a1", "a2<a1", "a3<a2", "a4<a3"), delta("a", "a3<a1")))

    assert (one.kind, one.severity) == ("moved", Severity.ERROR)
    assert one.message == "a puts `a3` after `a1`; landing it leaves the heads `a2` and `a4`"
    assert one.hint == "leave `a3` (db/a3.py:1) where it was, or add a migration that follows each head"


def test_what_is_not_sure_is_a_warning() -> None:
    [one] = found(collided(LINE, delta("a", node("b<a2", sure=False)), delta("b", "c<a2")))

    assert (one.severity, one.confidence) == (Severity.WARNING, Confidence.LIKELY)
    assert one.constraints == (Serial(("a", "b")),)


def test_a_child_of_what_is_squashed_is_a_warning() -> None:
    [one] = found(collided(LINE, delta("a", node("s", replaces=("a1", "a2"))), delta("b", "c<a2")))

    assert (one.kind, one.severity) == ("squash-child", Severity.WARNING)
    assert one.message == (
        "b adds `c` after a migration that a squashes into `s`; it will run after the whole squash"
    )
    assert one.hint == "land a, then in b set down_revision of `c` (db/c.py:1) to 's'"


def test_heads_in_some_databases_only_are_a_warning() -> None:
    squashed = node("s", replaces=("a1", "a2", "a3"))
    [one] = found(collided(LINE, delta("a", "a3<a2", squashed), delta("b", "c<a2")))

    assert (one.kind, one.severity, one.confidence) == ("heads", Severity.WARNING, Confidence.LIKELY)
    assert one.message == (
        "a and b both add a migration after `a2` (db/a2.py): `a3` and `c`; "
        "together they leave 2 heads in a database that has only a part of what is squashed"
    )
    assert one.constraints == (Serial(("a", "b")),)


def test_squashes_that_overlap_depend_on_their_order() -> None:
    squashes = (node("s", replaces=("a1", "a2")), node("t", replaces=("a1", "a2", "a3")))
    [one] = found(collided(LINE, delta("a", "a3<a2", squashes[0]), delta("b", squashes[1])))

    assert (one.kind, one.severity) == ("squash", Severity.WARNING)
    assert one.message == (
        "a and b both squash the same migrations of db: `s` and `t`; "
        "what Django makes of both depends on the order in which it meets them"
    )


def test_a_late_number_never_runs() -> None:
    known = collided(
        (node("5", order_key=(5,)),), delta("a", node("4", order_key=(4,))), model="ordered", late="error"
    )
    [one] = found(known)

    assert (one.kind, one.severity) == ("late", Severity.ERROR)
    assert one.message == "a adds `4`, below `5`, which the target has; it would never run"


@pytest.mark.parametrize(
    ("late", "severity", "what"),
    [("warning", Severity.NOTE, "run out of order"), ("error", Severity.WARNING, "never run")],
)
def test_a_lower_number_has_to_land_first(late: str, severity: Severity, what: str) -> None:
    """The order in which they land settles it."""
    ground = (node("5", order_key=(5,)),)
    deltas = (delta("a", node("7", order_key=(7,))), delta("b", node("6", order_key=(6,))))
    [one] = found(collided(ground, *deltas, model="ordered", late=late))

    assert one.severity is severity
    assert one.message == f"b adds `6`, below `7`, which a adds; landing later, it would {what}"
    assert one.constraints == (Before("b", "a"),)

"""G241."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from migrations.graph.graphs import collided, delta, node
from support.facts import ask, change, facts, stream

from gate.checks.migration_duplicate import migration_duplicate
from gate.model.collisions import DuplicateMigration, MigrationFacts
from gate.model.finding import Apart, Confidence, Location, Serial, Severity
from gate.model.migrations import Store
from gate.model.repairs import Patch

if TYPE_CHECKING:
    from gate.model.migrations import Delta, Node

BOTH = (stream("a"), stream("b"))
LINE = ("a1", "a2<a1")


@pytest.mark.parametrize(
    ("known", "kind", "severity", "message", "hint"),
    [
        (
            collided(LINE, delta("a", "b<a2"), delta("b", node("b<a2", path="db/other.py", blob="other"))),
            "id",
            Severity.ERROR,
            "a and b both add the revision `b` (db/b.py and db/other.py)",
            "land a, then in b give `b` (db/other.py:1) another revision, and change it in what follows it",
        ),
        (
            collided(
                LINE, delta("a", "b<a2"), delta("b", node("b<a2", path="db/other.py", blob="blob of b<a2"))
            ),
            "id",
            Severity.WARNING,
            "a and b both add the revision `b` (db/b.py and db/other.py); they say the same",
            "land a, then in b remove db/other.py",
        ),
        (
            collided(LINE, delta("a", "b<a2"), delta("b", node("b<a2", blob="other"))),
            "file",
            Severity.ERROR,
            "a and b both add the migration file `db/b.py`",
            "land a, then in b give db/b.py another name",
        ),
        (
            collided(
                ("a1", "a2<a1", "a3<a1"),
                delta("a", node("b<a2", labels=("x",))),
                delta("b", node("c<a3", labels=("x",))),
            ),
            "label",
            Severity.ERROR,
            "a and b both add the branch label `x` (db/b.py and db/c.py)",
            "land a, then in b give `c` (db/c.py:1) another label",
        ),
        (
            collided(
                ("a1", "a2<a1", "a3<a1"),
                delta("a", node("4b<a2", order_key=(4,))),
                delta("b", node("4c<a3", order_key=(4,))),
            ),
            "number",
            Severity.WARNING,
            "a and b both add migration number `4` (db/4b.py and db/4c.py); "
            "the number alone no longer says which is meant",
            "land a, then in b give db/4c.py another number",
        ),
        (
            collided(
                (),
                delta("a", node("4b", order_key=(4,))),
                delta("b", node("4c", order_key=(4,))),
                model="ordered",
            ),
            "key",
            Severity.ERROR,
            "a and b both add the version `4` (db/4b.py and db/4c.py)",
            "land a, then in b give db/4c.py another number",
        ),
    ],
)
def test_two_streams(known: MigrationFacts, kind: str, severity: Severity, message: str, hint: str) -> None:
    [one] = ask(migration_duplicate, facts(stream("a"), stream("b"), migrations=known))

    assert (one.kind, one.severity, one.message, one.hint) == (kind, severity, message, hint)
    assert one.constraints == ((Apart(("a", "b")),) if severity is Severity.ERROR else (Serial(("a", "b")),))


@pytest.mark.parametrize(
    "deltas",
    [
        pytest.param((delta("a", "b<a2"), delta("b", "b<a2")), id="the same file"),
        pytest.param(
            (delta("a", node("3b<a2", order_key=(3,))), delta("b", node("3c<a2", order_key=(3,)))),
            id="equal numbers of a fork, which says more",
        ),
    ],
)
def test_what_is_none(deltas: tuple[Delta, ...]) -> None:
    assert ask(migration_duplicate, facts(migrations=collided(LINE, *deltas))) == []


def test_a_revision_the_target_has() -> None:
    [ground] = collided(LINE, delta("a", "z<a2")).nodes[1:]
    twin = node("a2<a1", path="db/twin.py", blob="other")
    [one] = ask(
        migration_duplicate,
        facts(stream("a"), migrations=collided(LINE, delta("a", repeated=((ground, twin),)))),
    )

    assert one.message == "a adds, as the target has, the revision `a2` (db/twin.py and db/a2.py)"
    assert one.branches == ("a",)
    assert one.locations == (Location("a", "db/twin.py", 1),)


def labelled(text: str) -> Node:
    return node(text, labels=("x",))


@pytest.mark.parametrize(
    ("one", "message", "streams"),
    [
        pytest.param(
            delta("a", labelled("b<a2")),
            "a adds, as the target has, the branch label `x` (db/b.py and db/a2.py)",
            1,
            id="the target's",
        ),
        pytest.param(
            delta("a", labelled("b<a2"), labelled("c<b"), "a2<a1"),
            "a has twice the branch label `x` (db/c.py and db/b.py)",
            2,
            id="its own",
        ),
    ],
)
def test_a_branch_label_that_another_migration_has(one: Delta, message: str, streams: int) -> None:
    target = ("a1", labelled("a2<a1"))
    [found] = ask(migration_duplicate, facts(stream("a"), migrations=collided(target, one)))

    assert (found.kind, found.severity, found.message) == ("label", Severity.ERROR, message)
    assert (found.branches, len(found.locations)) == (("a",), streams)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(delta("a", labelled("b<a2"), "a2<a1"), id="moved to another"),
        pytest.param(delta("a", labelled("b<a1"), removed=("a2<a1",)), id="of one that goes"),
        pytest.param(delta("a", node("b<a2", labels=("y",))), id="another label"),
    ],
)
def test_a_branch_label_that_is_one_migrations(one: Delta) -> None:
    target = ("a1", labelled("a2<a1"))
    assert ask(migration_duplicate, facts(stream("a"), migrations=collided(target, one))) == []


def test_equal_versions_with_equal_texts_are_still_refused() -> None:
    both = (
        delta("a", node("4b", order_key=(4,), blob="one")),
        delta("b", node("4c", order_key=(4,), blob="one")),
    )
    [one] = ask(migration_duplicate, facts(*BOTH, migrations=collided((), *both, model="ordered")))

    assert (one.severity, one.hint) == (Severity.ERROR, "land a, then in b remove db/4c.py")


def test_what_both_dump_is_regenerated() -> None:
    known = (node(f"{at}", path=f"app/db/migrate/4_{at}.rb", order_key=(4,), blob=at) for at in "ab")
    store = Store("rails", "db", ("app/db/migrate",), "ordered", "warning")
    found = DuplicateMigration(store, "key", "4", "a", "b", (next(known), next(known)))
    patches = (Patch("b", "a", "diff", ()), Patch("c", "b", reason="its name is taken"))
    told = MigrationFacts(duplicates=(replace(found, patches=patches),))
    streams = [stream(name, change("app/db/schema.rb")) for name in "ab"]
    [one] = ask(migration_duplicate, facts(*streams, migrations=told))
    [other] = ask(migration_duplicate, facts(streams[0], stream("b"), migrations=told))

    expected = "land a, then in b give app/db/migrate/4_b.rb another number"
    assert one.hint == f"{expected}; regenerate app/db/schema.rb once both have landed"
    assert other.hint == expected
    assert [(said.title, said.text) for said in one.evidence] == [
        ("patch for b, once a has landed", "diff"),
        ("no patch for c: its name is taken", ""),
    ]


def test_names_that_have_to_be_unique() -> None:
    both = (
        delta("a", node("4", order_key=(4,), labels=("add_x",))),
        delta("b", node("5", order_key=(5,), labels=("add_x",))),
    )
    [one] = ask(migration_duplicate, facts(*BOTH, migrations=collided((), *both, model="ordered")))

    assert (one.kind, one.severity) == ("name", Severity.ERROR)
    assert one.message == "a and b both add the migration name `add_x` (db/4.py and db/5.py)"
    assert one.hint == "land a, then in b give db/5.py another name"


def test_an_applied_migration_that_is_changed() -> None:
    ground = node("4", order_key=(4,))
    known = collided((ground,), delta("a", edited=(ground,)), model="ordered", checked=True)
    [one] = ask(migration_duplicate, facts(stream("a"), migrations=known))

    assert (one.kind, one.severity, one.confidence) == ("edited", Severity.WARNING, Confidence.LIKELY)
    assert one.message == (
        "a changes the migration `4` (db/4.py), which the target has; where it has been applied, "
        "its checksum no longer fits"
    )
    assert one.hint == "leave db/4.py as it is, and add a migration with the change"


def test_a_number_the_target_has_is_a_note() -> None:
    known = collided((node("3a", order_key=(3,)),), delta("a", node("3b<3a", order_key=(3,))))
    [one] = ask(migration_duplicate, facts(stream("a"), migrations=known))

    assert (one.kind, one.severity) == ("number", Severity.NOTE)

"""G301."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.graph.graphs import collided, delta, node
from support.facts import CLEAN, POLICY, ask, change, facts, stream
from support.judging import judge

from gate.checks.migration_point import migration_point
from gate.model.collisions import MigrationFacts
from gate.model.finding import Alone, Confidence, Review, Serial, Severity
from gate.model.git import Conflicted
from gate.model.operations import ModelChange
from gate.model.policy import IntegrationPoint, Policy

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.model.finding import Finding

POINTS = Policy(
    points=(
        IntegrationPoint("schema", "migration", ("db/*", "models/*"), requires=("COORD_DATA",)),
        IntegrationPoint("release", "release", ("lib/*",), requires=("COORD_OPS",)),
    )
)

POLICY_TEXT = 'version = 1\n[[integration_points]]\nname = "schema"\nkind = "migration"\n'
BARE = Policy(points=(IntegrationPoint("schema", "migration"),))


def said(migrations: MigrationFacts, *paths: str, policy: Policy = POLICY) -> list[Finding]:
    everything = facts(stream("a", *(change(path) for path in paths)), policy=policy, migrations=migrations)
    return ask(migration_point, everything)


def test_streams_with_migrations_of_one_database_are_chained() -> None:
    known = collided(
        ("a1", "b1", "other.x"), delta("a", "a2<a1"), delta("b", "b2<b1"), delta("c", "other.y<other.x")
    )
    [one] = said(known)
    assert one.message == "a and b both bring migrations (db), which land one at a time"
    assert (one.severity, one.confidence) == (Severity.NOTE, Confidence.CERTAIN)
    assert one.constraints == (Serial(("a", "b")),)
    assert [place.path for place in one.locations] == ["db/a2.py", "db/b2.py"]


def test_apps_of_django_share_a_database() -> None:
    known = collided(
        (node("shop.x", tool="django"), node("books.x", tool="django")),
        delta("a", node("shop.y<shop.x", tool="django")),
        delta("b", node("books.y<books.x", tool="django")),
    )
    [one] = said(known)
    assert one.message == "a and b both bring migrations (books and shop), which land one at a time"


def test_one_stream_waits_for_nobody() -> None:
    assert said(collided(("a1",), delta("a", "b1<a1", "b2<b1"))) == []


def test_at_a_point_of_the_policy_a_stream_lands_alone() -> None:
    [one] = said(collided(("a1",), delta("a", "b1<a1", "b2<b1")), policy=BARE)
    assert one.message == "a changes 2 migrations of db, where all streams converge: it lands alone"
    assert one.constraints == (Alone("a"),)
    assert [place.path for place in one.locations] == ["db/b1.py", "db/b2.py"]


def test_what_removes_one() -> None:
    [one] = said(collided(("a1", "a2<a1"), delta("a", removed=("a2<a1",))), policy=BARE)
    assert one.constraints == (Alone("a"),)


def test_columns_of_a_model() -> None:
    book = ModelChange("a", "django", "library", "Book", "library/models.py", 7, (("adds", "isbn"),))
    [one] = said(MigrationFacts(models=(book,)), policy=BARE)
    assert one.message == "a changes columns of `Book`, where all streams converge: it lands alone"
    assert [(place.path, place.line) for place in one.locations] == [("library/models.py", 7)]


def test_paths_of_the_policy_and_who_must_look() -> None:
    [one] = said(MigrationFacts(), "db/schema.sql", "app/x.py", policy=POINTS)
    assert "a changes db/schema.sql, where" in one.message
    assert one.message.endswith("; COORD_DATA must look at it")
    assert one.constraints == (Alone("a"), Review("a", ("COORD_DATA",)))


@pytest.mark.parametrize(
    "paths", [(), ("app/x.py",), ("lib/y.py",)], ids=["nothing", "other", "another kind"]
)
def test_silence(paths: tuple[str, ...]) -> None:
    assert said(MigrationFacts(), *paths, policy=POINTS) == []


def test_a_stale_stream_is_kept_out() -> None:
    stale = stream("a", change("db/x"), landing=Conflicted(CLEAN.tree, ("db/x",), ()))
    assert ask(migration_point, facts(stale, policy=POINTS)) == []


def test_batches_of_its_own(make_repo: MakeRepo) -> None:
    """Three streams that have nothing to do with one another, one of them with a migration."""
    repo = make_repo()
    old = "revision = 'a'\ndown_revision = None\n"
    new = "revision = 'b'\ndown_revision = 'a'\n\n\ndef upgrade():\n    pass\n"
    repo.commit("main", {"alembic/versions/a.py": old, "gate.toml": POLICY_TEXT})
    repo.commit("one", {"one": "1\n"}, parents=["main"])
    repo.commit("schema", {"alembic/versions/b.py": new}, parents=["main"])
    repo.commit("two", {"two": "2\n"}, parents=["main"])
    repo.write("main")
    report = judge(repo.folder)
    assert sorted(map(sorted, report.plan.batches)) == [["one", "two"], ["schema"]]
    assert {pair.decision for pair in report.pairs} == {"converge"}

"""G242."""

from __future__ import annotations

import pytest
from migrations.operations.acts import two
from support.facts import ask, facts, stream

from gate.checks.migration_operation import migration_operation
from gate.migrations.operations.clashes import clashes
from gate.model.collisions import MigrationFacts
from gate.model.finding import Apart, Before, Confidence, Constraint, Finding, Location, Serial, Severity

ALTER = "migrations.AlterField('book', 'title', models.TextField())"
ADD = "migrations.AddField('book', 'title', models.TextField())"
DROP = "migrations.RemoveField('book', 'title')"
FILL = """
def fill(apps, editor):
    apps.get_model("library", "Book").objects.update(title="x")
"""


def findings(one: str, other: str, system: str = "django") -> list[Finding]:
    known = MigrationFacts(clashes=clashes(*two(system, one, other, before=FILL)))
    return list(ask(migration_operation, facts(stream("a"), stream("b"), migrations=known)))


def finding(one: str, other: str, system: str = "django") -> Finding:
    [found] = findings(one, other, system)
    return found


@pytest.mark.parametrize(
    ("one", "other", "severity", "message", "hint", "constraints"),
    [
        (
            DROP,
            ALTER,
            Severity.ERROR,
            "a drops the column `title` of `library.book`, b alters the column `title` of `library.book`",
            "land a, then rewrite m/b1.py:11 for the tables as it leaves them",
            (Apart(("a", "b")),),
        ),
        (
            ALTER,
            ALTER.replace("Text", "Char"),
            Severity.WARNING,
            "a alters the column `title` of `library.book`, b alters the column `title` of `library.book`; "
            "the one that lands later silently wins",
            "land a, then write both changes into m/b1.py:11",
            (Serial(("a", "b")),),
        ),
        (
            ADD,
            ADD,
            Severity.NOTE,
            "a adds the column `title` of `library.book`, b adds the column `title` of `library.book`; "
            "they say the same",
            "land a, then remove the operation from m/b1.py:11",
            (),
        ),
        (
            DROP,
            "migrations.RunPython(fill)",
            Severity.WARNING,
            "a drops the column `title` of `library.book`, b changes rows of `library.book`; "
            "the data is read or written where the column is no longer",
            "land b first, or rewrite m/b1.py:5 for the tables as a leaves them",
            (Before("b", "a"),),
        ),
        (
            "helper()",
            ALTER,
            Severity.NOTE,
            "what a does in m/a1.py is unknown (`helper` is not known); b alters the column `title` of "
            "`library.book`",
            "compare m/a1.py:11 with m/b1.py:11",
            (),
        ),
    ],
)
def test_what_it_says(
    one: str, other: str, severity: Severity, message: str, hint: str, constraints: tuple[Constraint, ...]
) -> None:
    found = finding(one, other)
    assert (found.severity, found.message, found.constraints) == (severity, message, constraints)
    assert found.hint == hint


def test_both_places_and_both_texts() -> None:
    found = finding(DROP, ALTER)
    assert found.locations == (Location("a", "m/a1.py", 11), Location("b", "m/b1.py", 11))
    assert [(each.branch, each.text) for each in found.evidence] == [
        ("a", f"        {DROP}"),
        ("b", f"        {ALTER}"),
    ]


def test_what_may_not_be_done_is_no_error() -> None:
    found = finding('if x:\n    op.drop_table("book")', 'op.drop_column("book", "title")', "alembic")
    assert (found.severity, found.confidence) == (Severity.WARNING, Confidence.LIKELY)
    assert found.constraints == (Serial(("a", "b")),)


DROPS = "ALTER TABLE book DROP COLUMN title;"
ALTERS = "ALTER TABLE book ALTER COLUMN year TYPE {};"


def test_one_table_is_one_finding_as_grave_as_the_gravest() -> None:
    found = finding(f"{ALTERS.format('int')} {DROPS}", f"{ALTERS.format('date')} {DROPS}", "goose")
    assert (found.kind, found.severity, found.confidence) == ("m-op-04", Severity.ERROR, Confidence.CERTAIN)
    assert found.message == (
        "a drops the column `title` of `book`, b drops the column `title` of `book` (M-OP-04); "
        "on the same table they also meet at `year` (M-OP-05)"
    )
    assert found.constraints == (Apart(("a", "b")),)
    assert [each.text for each in found.evidence] == [
        text for kind in (DROPS, ALTERS) for text in (kind.format("int")[:-1], kind.format("date")[:-1])
    ][:4]
    assert found.identity == ("goose", "book", "title", "year")


def test_its_fingerprint_says_nothing_of_places() -> None:
    one = finding(f"{DROPS} {ALTERS.format('int')}", f"{DROPS} {ALTERS.format('date')}", "goose")
    other = finding(f"-- x\n{ALTERS.format('int')}\n{DROPS}", f"{DROPS}{ALTERS.format('date')}", "goose")
    assert one.fingerprint == other.fingerprint != finding(DROPS, DROPS, "goose").fingerprint


def test_two_tables_are_two_findings() -> None:
    both = f"{DROPS} {DROPS.replace('book', 'loan')}"
    assert [each.identity for each in findings(both, both, "goose")] == [
        ("goose", "book", "title"),
        ("goose", "loan", "title"),
    ]


FILLS = "UPDATE book SET name = title;"


def test_an_order_is_asked_only_where_all_agree_on_it() -> None:
    once = finding(f"{DROPS}", FILLS, "goose")
    other = "ALTER TABLE book DROP COLUMN shelf;"
    twice = finding(f"{DROPS} UPDATE book SET shelf = 1;", f"{FILLS} {other}", "goose")
    assert once.constraints == (Before("b", "a"),)
    assert twice.constraints == (Serial(("a", "b")),)

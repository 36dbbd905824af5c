"""G242."""

from __future__ import annotations

import pytest
from link.migrations.acts import two
from support.facts import ask, facts, stream

from gate.checks.migration_operation import migration_operation
from gate.link.migrations.operations import clashes
from gate.model.finding import Apart, Before, Confidence, Constraint, Finding, Location, Serial, Severity
from gate.model.migrations import MigrationFacts

ALTER = "migrations.AlterField('book', 'title', models.TextField())"
ADD = "migrations.AddField('book', 'title', models.TextField())"
DROP = "migrations.RemoveField('book', 'title')"
FILL = """
def fill(apps, editor):
    apps.get_model("library", "Book").objects.update(title="x")
"""


def finding(one: str, other: str, system: str = "django") -> Finding:
    known = MigrationFacts(clashes=clashes(*two(system, one, other, before=FILL)))
    [found] = ask(migration_operation, facts(stream("a"), stream("b"), migrations=known))
    return found


@pytest.mark.parametrize(
    ("one", "other", "severity", "message", "hint", "constraints"),
    [
        (
            DROP,
            ALTER,
            Severity.ERROR,
            "a drops the column `title` of `library.book`, b alters the column `title` of `library.book`",
            "land a, then write m/b1.py:11 anew against the tables it leaves",
            (Apart(("a", "b")),),
        ),
        (
            ALTER,
            ALTER.replace("Text", "Char"),
            Severity.WARNING,
            "a alters the column `title` of `library.book`, b alters the column `title` of `library.book`; "
            "the one that lands later silently wins",
            "land a, then let m/b1.py:11 say both changes",
            (Serial(("a", "b")),),
        ),
        (
            ADD,
            ADD,
            Severity.NOTE,
            "a adds the column `title` of `library.book`, b adds the column `title` of `library.book`; "
            "they say the same",
            "land a, then take the operation out of m/b1.py:11",
            (),
        ),
        (
            DROP,
            "migrations.RunPython(fill)",
            Severity.WARNING,
            "a drops the column `title` of `library.book`, b changes rows of `library.book`; "
            "the data is read or written where the column is no longer",
            "land b first, or write m/b1.py:5 for the tables that a leaves",
            (Before("b", "a"),),
        ),
        (
            "helper()",
            ALTER,
            Severity.NOTE,
            "what a does in m/a1.py is unknown (`helper` is not known); b alters the column `title` of "
            "`library.book`",
            "read m/a1.py:11 beside m/b1.py:11",
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

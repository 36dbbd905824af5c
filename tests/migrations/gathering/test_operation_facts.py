"""What migrations of real branches do: which files are read, where they are reported, and what is not compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.gathering.test_ordered import GO, POM
from streams.landing import Files, report_on

from gate.migrations.operations import reading

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.model.report import Report

ADD = "ALTER TABLE book ADD COLUMN title text;\n"
DROP = "ALTER TABLE book DROP COLUMN title;\n"
UP, DOWN = "-- +goose Up\n", "-- +goose Down\n"


def clashes(report: Report) -> list[tuple[str, str, list[str]]]:
    """Each clash of operations as kind, severity and places."""
    return [
        (finding.kind, str(finding.severity), [f"{place.path}:{place.line}" for place in finding.locations])
        for finding in report.findings
        if finding.code == "G242"
    ]


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        pytest.param(
            GO | {"m/1_a.up.sql": "SELECT 1;\n"},
            {"m/2_x.up.sql": ADD, "m/2_x.down.sql": "DROP TABLE loan;\n"},
            {"m/3_y.up.sql": f"-- why\n{ADD.replace('text', 'int')}", "m/3_y.down.sql": "DROP TABLE loan;\n"},
            [("m-op-03", "error", ["m/2_x.up.sql:1", "m/3_y.up.sql:2"])],
            id="golang-migrate",
        ),
        pytest.param(
            {"m/1_a.sql": f"{UP}SELECT 1;\n"},
            {"m/2_x.sql": f"{UP}{DROP}{DOWN}{ADD}"},
            {"m/3_y.sql": f"{UP}CREATE INDEX i ON book (title);\n{DOWN}{ADD}"},
            [("m-op-04", "error", ["m/2_x.sql:2", "m/3_y.sql:2"])],
            id="goose, one section",
        ),
        pytest.param(
            {"prisma/migrations/migration_lock.toml": 'provider = "mysql"\n'},
            {"prisma/migrations/20260101000000_x/migration.sql": "ALTER TABLE `Book` DROP COLUMN `title`;\n"},
            {"prisma/migrations/20260102000000_y/migration.sql": "ALTER TABLE `Book` MODIFY `title` TEXT;\n"},
            [
                (
                    "m-op-04",
                    "error",
                    [
                        "prisma/migrations/20260101000000_x/migration.sql:1",
                        "prisma/migrations/20260102000000_y/migration.sql:1",
                    ],
                )
            ],
            id="prisma",
        ),
        pytest.param(
            {"d/meta/0000_snapshot.json": '{"id": "s0", "prevId": ""}'},
            {"d/meta/0001_snapshot.json": '{"id": "s1", "prevId": "s0"}', "d/0001_odd.sql": DROP},
            {"d/meta/0001_snapshot.json": '{"id": "t1", "prevId": "s0"}', "d/0001_even.sql": DROP},
            [("m-op-04", "error", ["d/0001_odd.sql:1", "d/0001_even.sql:1"])],
            id="drizzle",
        ),
        pytest.param(
            POM | {"m/V1__a.sql": "SELECT 1;\n"},
            {"m/V2__x.sql": ADD},
            {"n/V2__y.sql": DROP, "n/V1__a.sql": "SELECT 1;\n"},
            [],
            id="flyway, two folders",
        ),
    ],
)
def test_files_of_sql(
    make_repo: MakeRepo, target: Files, a: Files, b: Files, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert clashes(report_on(make_repo, target, a=a, b=b)) == expected


@pytest.mark.parametrize(
    ("first", "second", "patched"), [(DROP, DROP, False), (ADD, ADD.replace("title", "year"), True)]
)
def test_a_fork_gets_no_patch_beside_a_clash(
    make_repo: MakeRepo, first: str, second: str, *, patched: bool
) -> None:
    def revision(name: str, parent: str | None, text: str) -> Files:
        body = (
            f"revision = {name!r}\ndown_revision = {parent!r}\n\n\ndef upgrade():\n    op.execute({text!r})\n"
        )
        return {f"db/versions/{name}.py": body}

    target = revision("a1", None, "SELECT 1") | revision("a2", "a1", "SELECT 1")
    report = report_on(make_repo, target, a=revision("b", "a2", first), b=revision("c", "a2", second))
    [fork] = [finding for finding in report.findings if finding.code == "G240"]
    last = fork.evidence[-1].title
    assert last.startswith("patch for b" if patched else "no patch for b: a drops the column")


INSERT = "x\nINSERT INTO book (id) VALUES (1)\n"


@pytest.mark.parametrize(
    ("path", "was", "expected"),
    [
        pytest.param("db/book.go", "x\n", ["m/2_x.up.sql:1", "db/book.go:2"], id="a line it adds"),
        pytest.param("db/book.go", INSERT + "y\n", [], id="a line that was there"),
        pytest.param("docs/book.md", "x\n", [], id="prose"),
    ],
)
def test_code_that_inserts(make_repo: MakeRepo, path: str, was: str, expected: list[str]) -> None:
    target = GO | {"m/1_a.up.sql": "SELECT 1;\n", path: was}
    required = "ALTER TABLE book ADD COLUMN isbn text NOT NULL;\n"
    report = report_on(make_repo, target, a={"m/2_x.up.sql": required}, b={path: INSERT})
    assert clashes(report) == ([("m-op-09", "warning", expected)] if expected else [])
    assert all(str(finding.confidence) == "likely" for finding in report.findings if finding.code == "G242")


def gaps(report: Report) -> list[tuple[str, str]]:
    """What the coverage says of operations."""
    every = ((gap.what, gap.why) for gap in report.coverage.not_checked)
    return [first for first in every if first[0].startswith("operations")]


RAILS: Files = {"db/migrate/1_a.rb": "1", "db/schema.rb": "1"}


def test_code_that_is_not_read_is_said_once(make_repo: MakeRepo) -> None:
    report = report_on(make_repo, RAILS, a={"db/migrate/2_x.rb": "2"}, b={"db/migrate/3_y.rb": "3"})
    assert gaps(report) == [("operations of 2 migrations", "code of Rails is not read for them")]


def test_nothing_is_said_of_one_stream_alone(make_repo: MakeRepo) -> None:
    report = report_on(make_repo, RAILS, a={"db/migrate/2_x.rb": "2"}, b={"other": "x"})
    assert gaps(report) == []


def test_without_the_extra_that_is_said(make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "needs_extra", lambda system: system == "golang_migrate")
    report = report_on(make_repo, GO, a={"m/2_x.up.sql": ADD}, b={"m/3_y.up.sql": "ALTER TABLE x ADD y int;"})
    assert gaps(report) == [("operations of 2 SQL migrations", "SQL is read by its words alone")]

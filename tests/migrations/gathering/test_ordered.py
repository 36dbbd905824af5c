"""Numbered migrations of real branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streams.landing import report_on
from support import git
from support.judging import judge

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.report import Report

Files = dict[str, "Content"]
GO: Files = {"go.mod": "require github.com/golang-migrate/migrate/v4 v4.1.0\n"}
POM: Files = {"pom.xml": "<artifactId>flyway-core</artifactId>\n"}
CARGO: Files = {"Cargo.toml": '[dependencies]\nsqlx = "0.8"\n'}


def sql(*names: str, folder: str = "migrations", text: str = "") -> Files:
    """Files of that name, each with a text of its own."""
    return {f"{folder}/{name}": f"{text}SELECT '{name}';\n" for name in names}


def kinds(report: Report) -> list[str]:
    """Each finding as code, kind and severity."""
    return [f"{finding.code} {finding.kind} {finding.severity}" for finding in report.findings]


def typeorm(name: str, text: str = "") -> Files:
    """A migration of that time (its first digits) and name, with its class."""
    stamp, _, what = name.partition("-")
    stamp = stamp.ljust(13, "0")
    return {f"migrations/{stamp}-{what}.ts": f"export class {text or what + stamp} {{}}\n// {name}\n"}


TYPEORM = {"package.json": '{"dependencies": {"typeorm": "1"}}\n'} | typeorm("16-A")
FLYWAY = POM | sql("V1__a.sql", "V3__b.sql")
NUMBERED = GO | sql("1_a.up.sql", "1_a.down.sql", "3_b.up.sql")
DUMPED = sql("1_a.up.sql", "3_b.up.sql", folder="db/migrations") | {
    "db/structure.sql": "CREATE TABLE schema_migrations (\n  version bigint NOT NULL,\n  dirty boolean NOT NULL\n);\n"
}
RUST = CARGO | sql("1_a.sql", "3_b.sql")
UP = "-- +goose Up\n"


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        pytest.param(FLYWAY, sql("V4__x.sql"), sql("V4__y.sql"), ["G241 key error"], id="flyway"),
        pytest.param(
            FLYWAY, sql("V4__x.sql"), sql("V4.1__y.sql"), ["G240 late warning"], id="flyway in order"
        ),
        pytest.param(FLYWAY, sql("V4__x.sql"), sql("V5__y.sql", folder="other"), [], id="two folders"),
        pytest.param(FLYWAY, sql("V2__x.sql"), {}, ["G240 late error"], id="flyway late"),
        pytest.param(FLYWAY, {"migrations/V3__b.sql": "x"}, {}, ["G241 edited warning"], id="flyway edited"),
        pytest.param(
            FLYWAY,
            {"migrations/V3__b.sql": None} | sql("V3__c.sql"),
            {},
            [],
            id="flyway, another description",
        ),
        pytest.param(FLYWAY, sql("R__x.sql"), sql("R__y.sql"), [], id="flyway repeatable"),
        pytest.param(
            POM | sql("V1__a.sql", folder="src/main/resources/db/migration"),
            sql("V2__x.sql", folder="src/main/resources/db/migration"),
            {"src/main/java/db/migration/V2__Y.java": "class V2__Y {}\n"},
            ["G241 key error"],
            id="flyway sql and class",
        ),
        pytest.param(NUMBERED, sql("4_x.up.sql"), sql("4_y.up.sql"), ["G241 key error"], id="golang-migrate"),
        pytest.param(NUMBERED, sql("2_x.up.sql"), {}, ["G240 late error"], id="golang-migrate late"),
        pytest.param(NUMBERED, {"migrations/1_a.up.sql": "x"}, {}, [], id="golang-migrate does not compare"),
        pytest.param(RUST, sql("4_x.sql"), sql("4_y.sql"), ["G241 key error"], id="sqlx"),
        pytest.param(RUST, sql("2_x.sql"), {}, ["G240 late warning"], id="sqlx late"),
        pytest.param(
            DUMPED,
            sql("2_x.up.sql", folder="db/migrations"),
            {},
            ["G240 late error"],
            id="a dump with golang-migrate's table",
        ),
        pytest.param(
            sql("1_a.sql", text=UP),
            sql("2_x.sql", text=UP),
            sql("2_y.sql", text=UP),
            ["G241 key error"],
            id="goose",
        ),
        pytest.param(sql("1_a.sql"), sql("2_x.sql"), sql("2_y.sql"), [], id="numbered files of nobody"),
        pytest.param(TYPEORM, typeorm("17-X"), typeorm("18-Y"), ["G240 late note"], id="typeorm"),
        pytest.param(
            TYPEORM,
            typeorm("17-X"),
            typeorm("18-X", "X1700000000000"),
            ["G240 late note", "G241 name error"],
            id="typeorm, one class",
        ),
        pytest.param(
            TYPEORM,
            typeorm("18-X", "A1600000000000"),
            {},
            ["G241 name error"],
            id="typeorm, the target's class",
        ),
        pytest.param(
            {"db/migrate/1_a.rb": "1", "db/schema.rb": "1"},
            {"db/migrate/2_add_x.rb": "2"},
            {"db/migrate/3_add_x.rb": "3"},
            ["G240 late note", "G241 name error"],
            id="rails names",
        ),
    ],
)
def test_two_streams(make_repo: MakeRepo, target: Files, a: Files, b: Files, expected: list[str]) -> None:
    assert sorted(kinds(report_on(make_repo, target, a=a, b=b or {"other": "x"}))) == expected


def test_the_lower_version_lands_first(make_repo: MakeRepo) -> None:
    report = report_on(make_repo, NUMBERED, a=sql("5_x.up.sql"), b=sql("4_y.up.sql"))

    [finding] = report.findings
    assert finding.message == "b adds `4_y`, below `5_x`, which a adds; landing later, it would never run"
    assert [list(batch) for batch in report.plan.batches] == [["b"], ["a"]]


def patches(report: Report) -> dict[str, tuple[str, str]]:
    """By stream: what the patch in the findings is titled, and its text."""
    return {
        evidence.branch or "": (evidence.title, evidence.text)
        for finding in report.findings
        for evidence in finding.evidence
    }


def test_equal_versions_have_patches_that_apply_in_turn(make_repo: MakeRepo) -> None:
    odd = 'd/ü "quoted" '
    target = GO | sql("0007_a.up.sql", "0007_a.down.sql", folder=odd)
    streams = {
        name: sql(f"0008_{name}.up.sql", f"0008_{name}.down.sql", folder=odd) for name in ("a", "b", "c")
    }
    history = make_repo()
    base = history.commit("main", target)
    for name, files in streams.items():
        history.commit(name, files, parents=[base])
    history.write()
    shown = patches(judge(history.folder, *streams, select=("G241",)))

    assert {name: title for name, (title, _) in shown.items()} == {
        "b": "patch for b, once a has landed",
        "c": "patch for c, once b has landed",
    }
    for name, version in (("b", "0009"), ("c", "0010")):
        git(history.folder, "checkout", "-q", name)
        git(history.folder, "apply", "--index", "-", stdin=shown[name][1].encode())
        names = {path.name for path in (history.folder / odd).iterdir()}
        assert {f"{version}_{name}.up.sql", f"{version}_{name}.down.sql"} <= names
        git(history.folder, "reset", "-q", "--hard")


@pytest.mark.parametrize(
    ("target", "mine", "expected"),
    [
        (NUMBERED, sql("2_x.up.sql"), {"a": "patch for a, as the target stands"}),
        (NUMBERED, sql("3_x.up.sql"), {"a": "patch for a, as the target stands"}),
        (RUST, sql("2_x.sql"), {}),
        (NUMBERED, sql("4_x.up.sql"), {}),
    ],
)
def test_what_would_never_run_has_a_patch(
    make_repo: MakeRepo, target: Files, mine: Files, expected: dict[str, str]
) -> None:
    shown = patches(report_on(make_repo, target, a=mine))

    assert {name: title for name, (title, _) in shown.items()} == expected
    assert all("rename from" in text for _, text in shown.values())


def test_a_patch_is_told_once(make_repo: MakeRepo) -> None:
    report = report_on(make_repo, NUMBERED, a=sql("1_x.up.sql", "2_x.up.sql"))

    assert len(report.findings) > 2
    assert sum(len(finding.evidence) for finding in report.findings if finding.code == "G240") == 1


def test_beside_one_without_a_patch_the_others_have_theirs(make_repo: MakeRepo) -> None:
    """What b does has to be settled by hand, which c does not wait for."""
    report = report_on(
        make_repo,
        NUMBERED,
        a={"migrations/4_x.up.sql": "ALTER TABLE t DROP COLUMN c;\n"},
        b={"migrations/4_y.up.sql": "CREATE INDEX i ON t (c);\n"},
        c={"migrations/4_z.up.sql": "CREATE TABLE other (id int);\n"},
    )
    titles = {
        tuple(finding.branches): finding.evidence[0].title
        for finding in report.findings
        if finding.code == "G241"
    }
    assert titles.pop(("a", "b")).startswith("no patch for b: a drops the column `c` of `t`")
    assert titles == {
        ("a", "c"): "patch for c, once a has landed",
        ("b", "c"): "patch for c, once b has landed",
    }


def test_a_name_that_cannot_be_followed_has_none(make_repo: MakeRepo) -> None:
    mine = sql("3_x.up.sql") | {"tests/test_x.py": "open('3_x.up.sql')\n"}
    shown = patches(report_on(make_repo, NUMBERED, a=mine))

    assert shown["a"][0].startswith("no patch for a: tests/test_x.py:1 names the version 3 too")


def test_large_files_of_no_known_tool_are_not_missed(make_repo: MakeRepo) -> None:
    large: Files = {"data/1_seed.sql": "-- x\n" * 300_000}

    assert kinds(report_on(make_repo, sql("1_a.sql", folder="data"), a=large)) == []


def test_snapshots_of_drizzle_fork(make_repo: MakeRepo) -> None:
    def snapshot(number: int, name: str, parent: str) -> Files:
        return {f"drizzle/meta/{number:04}_snapshot.json": f'{{"id": "{name}", "prevId": "{parent}"}}\n'}

    a, b = snapshot(1, "s1", "s0"), snapshot(1, "t1", "s0")
    report = report_on(make_repo, snapshot(0, "s0", ""), a=a, b=b)

    [finding] = [finding for finding in report.findings if finding.code == "G240"]
    assert finding.kind == "heads"
    assert (
        "drop `t1` (drizzle/meta/0001_snapshot.json) with its SQL, and generate it again after `s1`"
        in finding.hint
    )

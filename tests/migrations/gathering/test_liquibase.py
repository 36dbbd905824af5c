"""Changelogs of real branches: what is added, changed and repeated, one changeSet at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streams.landing import report_on
from support.judging import judge

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo.repository_builder import Content

Files = dict[str, "Content"]
LOG = "src/main/resources/db/changelog/log.xml"


def changeset(name: str, text: str = "", attributes: str = "") -> str:
    """One of three lines."""
    return (
        f'  <changeSet id="{name}" author="al" {attributes}>\n    <sql>{text or name}</sql>\n  </changeSet>\n'
    )


def log(*parts: str, path: str = LOG, attributes: str = "") -> Files:
    """A changelog of these; a bare name is a changeSet of that id."""
    body = "".join(part if "<" in part else changeset(part) for part in parts)
    return {path: f"<databaseChangeLog {attributes}>\n{body}</databaseChangeLog>\n"}


TARGET = log("1", "2", "3")
ROOT = log("<includeAll path='db/parts'/>\n")
LOGICAL = 'logicalFilePath="log"'
PARTS = "src/main/resources/db/parts/changelog"
SQL = "--liquibase formatted sql\n--changeset al:1\nSELECT 1;\n"
YAML = "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: al\n"


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        pytest.param(TARGET, log("1", "2", "3", "4"), {}, [], id="added"),
        pytest.param(TARGET, log("1", "2", "3", "4"), log("1", "2", "3", "5"), [], id="other ids"),
        pytest.param(TARGET, log("1", "2"), log("1", "2", "3", "4"), [], id="removed"),
        pytest.param(TARGET, {LOG: None}, log("1", "2", "3", "4"), [], id="file removed"),
        pytest.param(TARGET, log("1", "2", "3", "4"), log("1", "2", "3", "4"), [], id="both from one commit"),
        pytest.param(
            TARGET,
            log("1", "2", "3", "4"),
            log("1", "2", "3", changeset("4", "other")),
            ["id error"],
            id="equal ids in one place",
        ),
        pytest.param(
            TARGET,
            log("0", "1", "2", "3"),
            log("1", "2", "3", changeset("0", "other")),
            ["id error"],
            id="equal ids in two places",
        ),
        pytest.param(
            TARGET,
            log("1", "4", "2", "3"),
            log("1", "4", "2", "3", "5"),
            [],
            id="one change in one place",
        ),
        pytest.param(
            TARGET, log("4", "1", "2", "3"), log("1", "2", "3", "4"), ["id error"], id="one in two places"
        ),
        pytest.param(
            TARGET,
            log("1", "2", "3", changeset("4", "x", 'dbms="h2"')),
            log("1", "2", "3", changeset("4", "y", 'dbms="oracle"')),
            [],
            id="for two databases",
        ),
        pytest.param(
            TARGET,
            log("1", "2", "3", "4"),
            log("1", "2", "3", changeset("4", "other"), path=LOG.replace("log.xml", "log2.xml")),
            [],
            id="two files",
        ),
        pytest.param(
            TARGET,
            log("1", "2", "3", "4"),
            log("1", changeset("4", "x"), path=f"b/{LOG}"),
            [],
            id="two modules",
        ),
        pytest.param(TARGET, log("1", changeset("2", "x"), "3"), {}, ["edited warning"], id="edited"),
        pytest.param(TARGET, log("1", changeset("2", "\n 2\n"), "3"), {}, [], id="layout"),
        pytest.param(TARGET, log("3", "1", "2"), {}, [], id="another order"),
        pytest.param(
            TARGET,
            log("1", changeset("2", "x", 'runOnChange="true"'), "3"),
            {},
            [],
            id="edited, and runs on change",
        ),
        pytest.param(
            TARGET,
            log("1", changeset("2", "x").replace("</sql>", "</sql><validCheckSum>any</validCheckSum>"), "3"),
            {},
            [],
            id="edited, and its sum is valid",
        ),
        pytest.param(TARGET, log("1", "2", "3", changeset("2", "x")), {}, ["id error"], id="twice"),
        pytest.param(TARGET, log("1", "2", "3", "2"), {}, ["id error"], id="copied"),
        pytest.param(log("1", "1"), log("1", "1", "2"), {}, [], id="the target has it twice"),
        pytest.param(
            ROOT,
            log("1", path=f"{PARTS}-a.xml", attributes=LOGICAL),
            log(changeset("1", "x"), path=f"{PARTS}-b.xml", attributes=LOGICAL),
            ["id warning"],
            id="one logical path",
        ),
        pytest.param(
            TARGET,
            log("1", path=f"{PARTS}-a.xml", attributes=LOGICAL),
            log(changeset("1", "x"), path=f"{PARTS}-b.xml", attributes=LOGICAL),
            [],
            id="one logical path, not included",
        ),
        pytest.param(
            ROOT | log("1", path=f"{PARTS}-a.xml", attributes=LOGICAL),
            {f"{PARTS}-a.xml": None} | log("1", path=f"{PARTS}-b.xml", attributes=LOGICAL),
            {},
            [],
            id="a file moved",
        ),
        pytest.param(
            {"db/changelog/1.sql": SQL},
            {"db/changelog/1.sql": f"{SQL}--changeset al:2\nSELECT 2;\n"},
            {"db/changelog/1.sql": f"{SQL}--changeset al:2\nSELECT 3;\n"},
            ["id error"],
            id="sql",
        ),
        pytest.param(
            {"db/changelog/1.yaml": YAML},
            {"db/changelog/1.yaml": f"{YAML}- changeSet: {{id: 2, author: al}}\n"},
            {"db/changelog/1.yaml": f"{YAML}- changeSet: {{id: 2, author: al, changes: [{{empty: 1}}]}}\n"},
            ["id error"],
            id="yaml",
        ),
        pytest.param(
            TARGET, {LOG: "<databaseChangeLog><changeSet>"}, {}, ["not-checked error"], id="cannot be read"
        ),
        pytest.param(
            {"docs/changelog/1.yaml": "a: 1\n"}, {"docs/changelog/2.yaml": "["}, {}, [], id="others' files"
        ),
    ],
)
def test_two_streams(make_repo: MakeRepo, target: Files, a: Files, b: Files, expected: list[str]) -> None:
    report = report_on(make_repo, target, a=a, b=b or {"other": "x"})
    assert [f"{finding.kind or finding.name} {finding.severity}" for finding in report.findings] == expected


def test_the_words(make_repo: MakeRepo) -> None:
    a, b = log("1", "2", "3", "4"), log("1", changeset("2", "x"), "3", changeset("4", "y"))
    by_kind = {finding.kind: finding for finding in report_on(make_repo, TARGET, a=a, b=b).findings}

    assert by_kind["id"].message == f"a and b both add the changeSet `db/changelog/log.xml::4::al` ({LOG})"
    assert [finding.line for finding in by_kind["id"].locations] == [11, 11]
    assert by_kind["id"].hint == f"land a, then in b give `db/changelog/log.xml::4::al` ({LOG}:11) another id"
    assert by_kind["edited"].locations[0].line == 5
    assert by_kind["edited"].hint == (
        "leave `db/changelog/log.xml::2::al` as it is, and add a migration with the change"
    )


def test_changes_to_one_file_are_one_finding(make_repo: MakeRepo) -> None:
    a = log(*(changeset(name, "x") for name in "123"), "4") | log("1", path=LOG.replace("log.xml", "b.xml"))
    [finding] = report_on(make_repo, TARGET, a=a).findings

    names = (
        ", ".join(f"`db/changelog/log.xml::{name}::al`" for name in "12")
        + " and `db/changelog/log.xml::3::al`"
    )
    assert finding.message == (
        f"a changes the migrations {names} ({LOG}), which the target has; where they have been applied, "
        "their checksums no longer fit"
    )
    assert [place.line for place in finding.locations] == [2, 5, 8]


def test_the_second_to_land_is_told_of_the_first(make_repo: MakeRepo) -> None:
    history = make_repo()
    base = history.commit("main", {"README": "x\n"} | TARGET)
    history.commit("a", log("1", "2", "3", changeset("0", "x")), parents=[base])
    history.commit("main", log("0", "1", "2", "3"), parents=[base])
    history.write()

    [finding] = judge(history.folder, "a", select=("G24",)).findings

    assert (finding.kind, finding.severity, finding.branches) == ("id", "error", ["a"])
    assert finding.message.startswith("a adds, as the target has, the changeSet")

"""Liquibase: where changelogs lie, what each form of one says, and what is refused."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from gate.migrations.tools import tool
from gate.model.migrations import File, Migration, MigrationPart, Store

LIQUIBASE = tool("liquibase")


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("src/main/resources/db/changelog/db.changelog-master.xml", "src/main/resources"),
        ("api/src/main/resources/org/x/liquibase/updates/update-2.xml", "api/src/main/resources"),
        ("liquibase/src/test/resources/x.xml", "liquibase/src/test/resources"),
        ("src/main/resources/META-INF/jpa-changelog-1.0.xml", "src/main/resources"),
        ("resources/migrations/001_update_migrations.yaml", "resources"),
        ("db/changelog/001.sql", "db"),
        ("db/changelog-master.yml", "db"),
        ("Change_Log.JSON", ""),
        ("services/a/changesets/1.xml", "services/a"),
        ("db/migrations/1.sql", None),
        ("db/migrations/1.json", None),
        ("src/main/resources/application.yml", None),
        ("CHANGELOG.md", None),
        ("src/main/java/Changelog.java", None),
    ],
)
def test_where_changelogs_may_lie(path: str, folder: str | None) -> None:
    assert LIQUIBASE.folder(path) == folder


def xml(*changes: str, attributes: str = "") -> bytes:
    """A changelog with these elements."""
    return f'<?xml version="1.1"?>\n<databaseChangeLog {attributes}>\n{"".join(changes)}</databaseChangeLog>'.encode()


def change(attributes: str = 'id="1" author="al"', text: str = '<dropTable tableName="t"/>') -> str:
    """A changeSet."""
    return f"<changeSet {attributes}>{text}</changeSet>\n"


YAML = b"""databaseChangeLog:
  - logicalFilePath: db/log.yaml
  - changeSet:
      id: 1
      author: al
      changes:
        - dropTable:
            tableName: t
  - changeSet:
      id: "2"
      author: bo
      runOnChange: true
  - include:
      file: other.yaml
"""
JSON = b"""{"databaseChangeLog": [
  {"changeSet": {"id": 1, "author": "al", "changes": [{"dropTable": {"tableName": "t"}}]}},
  {"changeSet": {"id": "2", "author": "bo", "runAlways": "true", "logicalFilePath": "x.json"}}
]}"""
SQL = b"""-- liquibase formatted sql logicalFilePath:db/log.sql

--changeset al:1
drop table t;
--rollback create table t;
-- ChangeSet "bo x":"2 a" runOnChange:true context:test labels:"a, b"
select 1;
--changeset al:3 logicalFilePath:other.sql
--validCheckSum: any
select 1;
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(xml(change()), [("1::al", "", 3, False)], id="xml"),
        pytest.param(
            xml(change(), change('id="2" author="bo"')),
            [("1::al", "", 3, False), ("2::bo", "", 4, False)],
            id="two",
        ),
        pytest.param(
            xml(change(), change('id="2" author="b" logicalFilePath="y"'), attributes='logicalFilePath="x"'),
            [("1::al", "x", 3, False), ("2::b", "y", 4, False)],
            id="logical path",
        ),
        pytest.param(
            xml(change('id="1" author="a" logicalFilePath="classpath:/a/b.xml"')),
            [("1::a", "a/b.xml", 3, False)],
            id="class path",
        ),
        pytest.param(
            xml(change('id="1" author="a" runOnChange="true"')), [("1::a", "", 3, True)], id="runs on change"
        ),
        pytest.param(
            xml(change('id="1" author="a" runAlways="false"')), [("1::a", "", 3, False)], id="runs once"
        ),
        pytest.param(
            xml(change(text="<validCheckSum>any</validCheckSum>")), [("1::al", "", 3, True)], id="valid sum"
        ),
        pytest.param(
            xml(change('id="1" author="a" dbms="h2" context="test"')),
            [("1::a dbms=h2 context=test", "", 3, False)],
            id="conditions",
        ),
        pytest.param(xml(change('author="a"')), [], id="no id"),
        pytest.param(xml(change('id="${x}" author="a"')), [], id="computed id"),
        pytest.param(xml(change(f'id="{"x" * 256}" author="a"')), [], id="long id"),
        pytest.param(xml('<include file="x.xml"/>'), [], id="includes only"),
        pytest.param(
            xml(change())
            .replace(b"databaseChangeLog", b"x:databaseChangeLog")
            .replace(b"Log ", b'Log xmlns:x="y" '),
            [("1::al", "", 3, False)],
            id="prefix",
        ),
        pytest.param(
            YAML, [("1::al", "db/log.yaml", 4, False), ("2::bo", "db/log.yaml", 10, True)], id="yaml"
        ),
        pytest.param(JSON, [("1::al", "", 2, False), ("2::bo", "x.json", 3, True)], id="json"),
        pytest.param(
            b"\xef\xbb\xbf" + JSON, [("1::al", "", 2, False), ("2::bo", "x.json", 3, True)], id="bom"
        ),
        pytest.param(
            SQL,
            [
                ("1::al", "db/log.sql", 3, False),
                ("2 a::bo x context=test labels=a, b", "db/log.sql", 6, True),
                ("3::al", "other.sql", 8, True),
            ],
            id="sql",
        ),
        pytest.param(
            b"--liquibase formatted sql\r\n--changeset al:1 runAlways:true\r\n",
            [("1::al", "", 2, True)],
            id="crlf",
        ),
    ],
)
def test_forms(text: bytes, expected: list[tuple[str, str, int, bool]]) -> None:
    says = LIQUIBASE.read(text)
    assert says is not None
    assert says.parse == "full"
    parts = [(part.name, part.file, part.line, part.may_change) for part in says.parts]
    assert parts == expected


def digest(text: bytes) -> str:
    """That of the first changeSet."""
    says = LIQUIBASE.read(text)
    assert says is not None
    return says.parts[0].digest


def sql(body: str) -> bytes:
    """Formatted SQL with one changeSet."""
    return f"--liquibase formatted sql\n--changeset al:1\n{body}".encode()


def yaml(changes: str) -> bytes:
    """YAML with one changeSet."""
    head = "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: al\n"
    return f"{head}    {changes}\n".encode()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            (
                xml(change(text="<sql>select 1</sql>")),
                xml(change(text="\n  <sql>select\n   1 </sql>\n<!-- x -->")),
                xml(change(text="<sql>select <!-- y -->1 -- z\n</sql>")),
                xml(change(text="<comment>x</comment><sql>select 1</sql>")),
                xml(
                    change(text="<preConditions><not><tableExists/></not></preConditions><sql>select 1</sql>")
                ),
                xml(change(text="<sql>select 1</sql><rollback><sql>x</sql></rollback>")),
                xml(change('author="al" id="1" failOnError="true"', "<sql><![CDATA[select 1]]></sql>")),
            ),
            id="xml",
        ),
        pytest.param(
            (
                xml(change(text='<addColumn a="1" b="2"><column/></addColumn>')),
                xml(change(text="<addColumn b='2'\n a='1'>\n<column></column></addColumn>")),
            ),
            id="attributes",
        ),
        pytest.param(
            (
                yaml("changes: [{sql: {sql: select 1, x: true}}]"),
                yaml(
                    "changes:\n    - sql:\n        x: true # y\n        sql: >\n          select\n          1"
                ),
                yaml(
                    "comment: c\n    changes: [{sql: {sql: 'select 1', x: true}}]\n    rollback: [{sql: {}}]"
                ),
            ),
            id="yaml",
        ),
        pytest.param(
            (sql("select 1;"), sql("select\n  1;\n--rollback x\n"), sql("/* a */ select 1; -- b")), id="sql"
        ),
    ],
)
def test_layout_and_what_no_checksum_covers_is_nothing(texts: tuple[bytes, ...]) -> None:
    assert len({digest(text) for text in texts}) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(xml(change(text="<sql>a</sql>")), xml(change(text="<sql>b</sql>")), id="text"),
        pytest.param(xml(change(text='<a x="1"/>')), xml(change(text='<a x="2"/>')), id="attribute"),
        pytest.param(xml(change(text="<a/><b/>")), xml(change(text="<b/><a/>")), id="order"),
        pytest.param(xml(change(text="<a><b/></a>")), xml(change(text="<a/><b/>")), id="nesting"),
        pytest.param(xml(change(text="<a/>")), xml(change('id="2" author="al"', "<a/>")), id="name"),
        pytest.param(yaml("changes: [{a: {b: 1}}]"), yaml("changes: [{a: {b: 2}}]"), id="yaml"),
        pytest.param(yaml("changes: [{a: {b: 1}}]"), yaml("changes: [{a: {}}, {b: 1}]"), id="yaml nesting"),
        pytest.param(sql("select 1;"), sql("select 2;"), id="sql"),
    ],
)
def test_what_it_does_counts(before: bytes, after: bytes) -> None:
    assert digest(before) != digest(after)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOMB.encode() + xml(change(text="&b;"))[22:], "it declares entities"),
        (xml(change())[:-9], "it is no XML: * (line 4)"),
        (xml(change(text="\0")), "it is no XML: * (line 3)"),
        (xml("<changeSet>&x;</changeSet>"), "it is no XML: * (line 3)"),
        (b'<?xml version="1.0" encoding="nonsense"?><databaseChangeLog/>', "its encoding is unknown"),
        (xml() + b"\n<<<<<<< a\n", "it holds conflict markers"),
        (b"databaseChangeLog:\n- a: [\n", "it is no YAML: * (line 3)"),
        (b"databaseChangeLog: " + b"[" * 5000, "it is nested too deeply"),
        (b"databaseChangeLog:\n- \0", "it is no YAML"),
        (b'{"databaseChangeLog": ' + b"[" * 100_000, "it is nested too deeply"),
        (b'{"databaseChangeLog": [', "it is no JSON"),
        (b'{"databaseChangeLog": ["\\ud800"]}', "it is no JSON"),
        (b'databaseChangeLog: ["\\ud800"]', "it is no YAML: * (line 1)"),
        (b'{"databaseChangeLog": "\xff"}', "it is no JSON"),
    ],
)
def test_what_cannot_be_read_is_said(text: bytes, why: str) -> None:
    parts = LIQUIBASE.read(text)

    assert parts is not None
    assert parts == Migration("none", parts.why)
    assert fnmatchcase(parts.why, why)  # `*` is what the parser says, in the words of its version


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xef\xbb\xbf",
        b"<a/>",
        b"<a>databaseChangeLog</a>",
        b"<a databaseChangeLog",
        b"# databaseChangeLog",
        b"a: databaseChangeLog\n- [",
        b'{"a": "databaseChangeLog"}',
        b'{"databaseChangeLog": {}}',
        b"databaseChangeLog: x\n",
        b"SELECT 1; -- databaseChangeLog",
        b"SELECT 1;\n--liquibase formatted sql\n",
    ],
)
def test_what_is_no_changelog(text: bytes) -> None:
    assert LIQUIBASE.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        b"databaseChangeLog:\n- &a [x]\n- *a\n- changeSet: *a\n- ? [k]\n  : v\n- changeSet: {id: [1], author: {}}\n",
        b"databaseChangeLog:\n- *nothing\n",
        b'databaseChangeLog:\n- include: {file: "\\0", "\\0line": x}\n',
        b'{"databaseChangeLog": [{"changeSet": {"\\u0000line": {}}}]}',
        b"databaseChangeLog: []\n---\ndatabaseChangeLog: [{changeSet: {id: 1}}]\n",
        b'{"databaseChangeLog": [1, null, {"changeSet": []}, {"changeSet": {"id": {}}}, {"include": 1}]}',
        b"--liquibase formatted sql\n--changeset\n--changeset a\n--changeset a:\n\xff\0",
        b'<!DOCTYPE databaseChangeLog SYSTEM "http://x/y.dtd"><databaseChangeLog><changeSet/></databaseChangeLog>',
    ],
)
def test_odd_changelogs_have_no_changesets(text: bytes) -> None:
    says = LIQUIBASE.read(text)
    assert says is not None
    assert (says.parse, says.parts) == ("full", ())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (xml("<a>" * 100_000 + "</a>" * 100_000), 0),
        (xml(change(text="<a>" * 50_000 + "</a>" * 50_000)), 1),
        (b"--liquibase formatted sql\n" + b"--changeset a:b\n" * 60_000, 60_000),
        (b'{"databaseChangeLog": [' + b'{"changeSet":\n{"id": 1}},' * 35_000 + b"1]}", 35_000),
        (b"--liquibase formatted sql\n--changeset a:b\n" + b"/*" * 400_000, 1),
        (b"--liquibase formatted sql\n--changeset " + b'"' * 900_000, 0),
        (b"--liquibase formatted sql\n--changeset " + b" " * 900_000, 0),
    ],
)
def test_large_texts_end(text: bytes, parts: int) -> None:
    says = LIQUIBASE.read(text)
    assert says is not None
    assert len(says.parts) == parts


def placed(**files: bytes) -> list[tuple[str, str, bool]]:
    """The changeSets of these files in one store: key, path, and whether it is sure."""
    changelogs: list[File] = []
    for name, text in files.items():
        says = LIQUIBASE.read(text)
        assert says is not None
        changelogs.append(File(f"r/changelog/{name}.xml", "blob", says))
    store = Store("liquibase", "r", ("r",), "ordered")
    return [(node.id, node.path.rpartition("/")[2], node.sure) for node in LIQUIBASE.nodes(store, changelogs)]


LOGICAL = 'logicalFilePath="log"'


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ("<include file='changelog/a.xml'/>", ("log::1::al", False)),
        ("<include file='a.xml' relativeToChangelogFile='true'/>", ("log::1::al", False)),
        ("<includeAll path='classpath:changelog'/>", ("log::1::al", False)),
        ("<include file='b.xml'/>", ("changelog/a.xml::1::al", True)),
        ("", ("changelog/a.xml::1::al", True)),
    ],
)
def test_a_logical_path_counts_where_a_changelog_includes_the_file(
    root: str, expected: tuple[str, bool]
) -> None:
    [parts] = placed(root=xml(root), a=xml(change(), attributes=LOGICAL))
    assert (parts[0], parts[2]) == expected


def test_a_logical_path_that_is_its_own_is_sure() -> None:
    [parts] = placed(
        root=xml("<include file='changelog/a.xml'/>"),
        a=xml(change(), attributes='logicalFilePath="changelog/a.xml"'),
    )
    assert parts == ("changelog/a.xml::1::al", "a.xml", True)


def test_a_very_deep_path_ends() -> None:
    says = Migration("full", parts=(MigrationPart("1::al", "x", file="log"),))
    file = File("r/" + "a/" * 2000 + "changelog.xml", "blob", says)
    [node] = LIQUIBASE.nodes(Store("liquibase", "r", ("r",), "ordered"), [file])
    assert node.sure

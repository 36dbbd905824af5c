"""Repairs of ordered stores: versions that are taken or late become the next ones, with all that goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gate.migrations.repair import repair
from gate.migrations.repair.situation import RepairOptions, Situation
from gate.migrations.tools import tool
from gate.model.migrations import Delta, File, Key, Migration, Node, Store
from gate.model.repairs import NoRepair, Repair

if TYPE_CHECKING:
    from collections.abc import Collection

Files = dict[str, str]


def store_of(name: str, folder: str, late: str = "error") -> Store:
    return Store(name, folder, (folder,), "ordered", late)  # type: ignore[arg-type]


def nodes(store: Store, files: Files) -> tuple[Node, ...]:
    """Those of the files that are migrations of the store."""
    answer = [
        File(path, f"blob of {text}", Migration("full"))
        for path, text in files.items()
        if tool(store.tool).folder(path) in store.folders
    ]
    return tuple(tool(store.tool).nodes(store, answer))


def mended(
    store: Store,
    target: Files,
    mine: Files,
    *,
    before: Files | None = None,
    published: Collection[str] = (),
    **options: bool,
) -> Repair | NoRepair:
    """The repair of a stream that adds `mine`, once another that adds `before` has landed."""
    return repair(
        Situation(
            (store,),
            nodes(store, target),
            [Delta("first", nodes(store, before))] if before else [],
            Delta("second", nodes(store, mine)),
            {path: text.encode() for path, text in mine.items()},
            published,
            [path for path in mine if path not in target],
            options=RepairOptions(**options),
        )
    )


def done(answer: Repair | NoRepair) -> dict[str, str]:
    """Old paths with new ones."""
    assert isinstance(answer, Repair), answer
    return {
        rewrite.path: rewrite.final_path for rewrite in answer.rewrites if rewrite.final_path != rewrite.path
    }


def sql(*paths: str, first: str = "") -> Files:
    """Files that differ, and name no version."""
    return {path: f"{first}SELECT '{path.translate(_LETTERS)}';\n" for path in paths}


MARKS = {"goose": "-- +goose Up\n", "dbmate": "-- migrate:up\n"}
_LETTERS = str.maketrans("0123456789", "abcdefghij")
GO = store_of("golang_migrate", "m")
GO_TARGET = sql("m/000011_a.up.sql", "m/000011_a.down.sql")


@pytest.mark.parametrize(
    ("store", "target", "before", "mine", "expected"),
    [
        pytest.param(
            GO,
            GO_TARGET,
            sql("m/000012_x.up.sql", "m/000012_x.down.sql"),
            sql("m/000012_y.up.sql", "m/000012_y.down.sql"),
            {"m/000012_y.up.sql": "m/000013_y.up.sql", "m/000012_y.down.sql": "m/000013_y.down.sql"},
            id="both directions",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            sql("m/000012_x.up.sql"),
            sql("m/000012_y.up.sql", "m/000013_z.up.sql"),
            {"m/000012_y.up.sql": "m/000013_y.up.sql", "m/000013_z.up.sql": "m/000014_z.up.sql"},
            id="those after it move on",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            sql("m/000012_x.up.sql"),
            sql("m/000012_x.up.sql", "m/000013_x.up.sql") | {"m/000012_x.up.sql": "other"},
            {"m/000012_x.up.sql": "m/000013_x.up.sql", "m/000013_x.up.sql": "m/000014_x.up.sql"},
            id="into the place of the next",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            sql("m/000012_x.up.sql"),
            sql("m/000012_y.up.sql", "m/000020_z.up.sql"),
            {"m/000012_y.up.sql": "m/000013_y.up.sql"},
            id="as far as they have to",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            {},
            sql("m/000009_y.up.sql", "m/000012_z.up.sql"),
            {"m/000009_y.up.sql": "m/000012_y.up.sql", "m/000012_z.up.sql": "m/000013_z.up.sql"},
            id="below the target's",
        ),
        pytest.param(GO, GO_TARGET, sql("m/000012_x.up.sql"), sql("m/000013_y.up.sql"), {}, id="above"),
        pytest.param(
            GO, GO_TARGET, sql("m/000012_x.up.sql"), sql("m/000012_x.up.sql"), {}, id="the same file"
        ),
        pytest.param(
            GO,
            GO_TARGET,
            sql("m/000012_x.up.sql"),
            sql("m/000012_y.up.sql", "m/testdata/fixtures/000012_x.up.sql", "m/testdata/0000120_x.sql"),
            {
                "m/000012_y.up.sql": "m/000013_y.up.sql",
                "m/testdata/fixtures/000012_x.up.sql": "m/testdata/fixtures/000013_x.up.sql",
            },
            id="fixtures of that number",
        ),
        pytest.param(
            store_of("flyway", "db"),
            sql("db/V1_1__a.sql"),
            sql("db/V1_2__x.sql"),
            sql("db/V1_2__y.sql", "db/U1_2__y.sql", "db/V1_2__y.sql.conf", "db/R__view.sql"),
            {
                "db/V1_2__y.sql": "db/V1_3__y.sql",
                "db/U1_2__y.sql": "db/U1_3__y.sql",
                "db/V1_2__y.sql.conf": "db/V1_3__y.sql.conf",
            },
            id="flyway",
        ),
        pytest.param(
            store_of("prisma", "p/migrations", "warning"),
            sql("p/migrations/20240131235959_a/migration.sql"),
            {},
            sql("p/migrations/20240101000000_y/migration.sql", "p/migrations/20240101000000_y/data.ts"),
            {
                "p/migrations/20240101000000_y/migration.sql": "p/migrations/20240201000000_y/migration.sql",
                "p/migrations/20240101000000_y/data.ts": "p/migrations/20240201000000_y/data.ts",
            },
            id="prisma",
        ),
        pytest.param(
            store_of("rails", "db/migrate", "warning"),
            sql("db/migrate/20240131000000_a.rb"),
            {},
            sql("db/migrate/20240101000000_b.rb", "db/migrate/20240101000001_c.rb"),
            {
                "db/migrate/20240101000000_b.rb": "db/migrate/20240131000001_b.rb",
                "db/migrate/20240101000001_c.rb": "db/migrate/20240131000002_c.rb",
            },
            id="rails",
        ),
        *(
            pytest.param(
                store_of(name, folder, "warning"),
                sql(f"{folder}/{high}", first=MARKS.get(name, "")),
                {},
                sql(f"{folder}/{low}", first=MARKS.get(name, "")),
                {f"{folder}/{low}": f"{folder}/{expected}"},
                id=name,
            )
            for name, folder, high, low, expected in (
                ("goose", "m", "00002_a.sql", "00001_b.sql", "00003_b.sql"),
                ("dbmate", "db/migrations", "20240131_a.sql", "20240101_b.sql", "20240201_b.sql"),
                ("sqlx", "migrations", "3_a.sql", "2_b.sql", "4_b.sql"),
                ("ecto", "priv/repo/migrations", "20240131000000_a.exs", "5_b.exs", "20240131000001_b.exs"),
                ("atlas", "m", "20240131000000.sql", "20240101000000_b.sql", "20240131000001_b.sql"),
                ("knex", "migrations", "20240131000000_a.js", "20240101000000_b.js", "20240131000001_b.js"),
                ("sequelize", "migrations", "20240131000000-a.js", "20240101000000-b.js", "20240131000001-b.js"),
                ("node_pg_migrate", "migrations", "1577836800000_a.js", "1577836700000_b.js", "1577836800001_b.js"),
            )
        ),
    ],
)  # fmt: skip
def test_versions_that_are_taken_or_late_are_raised(
    store: Store, target: Files, before: Files, mine: Files, expected: dict[str, str]
) -> None:
    answer = mended(store, target, mine, before=before)

    assert done(answer) == expected
    assert isinstance(answer, Repair)
    assert all(rewrite.before == rewrite.after for rewrite in answer.rewrites)


def test_each_step_is_said() -> None:
    answer = mended(GO, GO_TARGET, sql("m/000012_y.up.sql"), before=sql("m/000012_x.up.sql"))

    assert isinstance(answer, Repair)
    assert answer.steps == ("`000012_y` becomes `000013_y`",)
    assert [node.id for node in answer.nodes] == ["000013_y"]


def test_what_the_tool_runs_anyway_may_stay() -> None:
    store = store_of("sqlx", "migrations", "warning")
    target, mine = sql("migrations/3_a.sql"), sql("migrations/2_b.sql")

    assert done(mended(store, target, mine)) == {"migrations/2_b.sql": "migrations/4_b.sql"}
    assert done(mended(store, target, mine, out_of_order=False)) == {}
    assert done(mended(store, target, sql("migrations/3_b.sql"), out_of_order=False)) == {
        "migrations/3_b.sql": "migrations/4_b.sql"
    }


TYPEORM = store_of("typeorm", "src/migration", "warning")
OLD, NEW = "1690000000000", "1700000000001"


@pytest.mark.parametrize(
    ("store", "target", "path", "text", "expected"),
    [
        pytest.param(
            TYPEORM,
            "src/migration/1700000000000-A.ts",
            f"src/migration/{OLD}-AddX.ts",
            f"// {OLD}-AddX\nexport class AddX{OLD} implements MigrationInterface {{\r\n  name = 'AddX{OLD}'\n}}\n",
            f"// {NEW}-AddX\nexport class AddX{NEW} implements MigrationInterface {{\r\n  name = 'AddX{NEW}'\n}}\n",
            id="typeorm",
        ),
        pytest.param(
            TYPEORM,
            "src/migration/1700000000000-A.ts",
            f"src/migration/{OLD}-AddX.js",
            f"class AddX{OLD} {{}}\nexports.AddX{OLD} = AddX{OLD};\n",
            f"class AddX{NEW} {{}}\nexports.AddX{NEW} = AddX{NEW};\n",
            id="typeorm, compiled",
        ),
        pytest.param(
            store_of("flyway", "db"),
            "db/V1__a.sql",
            "db/V1__B.java",
            "public class V1__B extends BaseJavaMigration { V1__B() {} int V1 = 1; }",
            "public class V2__B extends BaseJavaMigration { V2__B() {} int V1 = 1; }",
            id="flyway",
        ),
        pytest.param(
            store_of("goose", "m"),
            "m/00007_a.sql",
            "m/00007_b.go",
            'func init() { goose.AddNamedMigrationContext("00007_b.go", up00007, nil) }\nfunc up00007(x) { y(7) }\n',
            'func init() { goose.AddNamedMigrationContext("00008_b.go", up00008, nil) }\nfunc up00008(x) { y(7) }\n',
            id="goose",
        ),
        pytest.param(
            store_of("sequelize", "migrations", "warning"),
            "migrations/20240131000000-a.js",
            "migrations/20240101000000-b.js",
            "const one = '20240101000000-b.js', two = '20240101000000-b-c.js'.length;\n".replace(
                "20240101000000-b-c", "x"
            ),
            "const one = '20240131000001-b.js', two = 'x.js'.length;\n",
            id="its own name",
        ),
    ],
)
def test_names_in_code_follow(store: Store, target: str, path: str, text: str, expected: str) -> None:
    answer = mended(store, sql(target), {path: text})

    assert isinstance(answer, Repair), answer
    [rewrite] = answer.rewrites
    assert rewrite.after == expected.encode()
    assert rewrite.final_path != rewrite.path


def test_a_short_number_alone_is_no_name() -> None:
    mine = sql("m/7.sql") | {"m/other_test.go": "open(`testdata/7.sql`)\n"}
    answer = mended(store_of("atlas", "m"), sql("m/7_a.sql"), mine)

    assert isinstance(answer, Repair)
    assert {rewrite.path: rewrite.final_path for rewrite in answer.rewrites} == {"m/7.sql": "m/8.sql"}


def test_other_files_of_the_stream_follow() -> None:
    mine = {
        f"src/migration/{OLD}-AddX.ts": f"export class AddX{OLD} {{}}\n",
        "src/migration/index.ts": f"import {{ AddX{OLD} }} from './{OLD}-AddX';\nexport const all = [AddX{OLD}];\n",
        "test/x.spec.ts": f"import '../src/migration/{OLD}-AddX.js';\n",
    }
    answer = mended(TYPEORM, sql("src/migration/1700000000000-A.ts"), mine)

    assert isinstance(answer, Repair)
    assert {rewrite.final_path: rewrite.after for rewrite in answer.rewrites} == {
        path.replace(OLD, NEW): text.replace(OLD, NEW).encode() for path, text in mine.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ActiveRecord::Schema[7.0].define(version: 2024_01_01_000000) do\n",
            "ActiveRecord::Schema[7.0].define(version: 2024_01_31_000001) do\n",
        ),
        ("define(version: 20240101000000) do\n", "define(version: 20240131000001) do\n"),
        ("define(version: 2024_01_31_000000) do\n", None),
        ("('20240131000000'),\n('20240101000000');\n", "('20240131000000'),\n('20240131000001');\n"),
    ],
)
def test_dumps_hold_the_version_too(text: str, expected: str | None) -> None:
    mine = sql("db/migrate/20240101000000_b.rb") | {"db/schema.rb": text}
    answer = mended(store_of("rails", "db/migrate", "warning"), sql("db/migrate/20240131000000_a.rb"), mine)

    assert isinstance(answer, Repair)
    after = {rewrite.path: rewrite.after for rewrite in answer.rewrites}
    assert after.get("db/schema.rb") == (expected.encode() if expected else None)


RAILS = store_of("rails", "db/migrate", "warning")
RAILS_TARGET = sql("db/migrate/20240131000000_a.rb")


@pytest.mark.parametrize(
    ("store", "target", "before", "mine", "more", "reason"),
    [
        pytest.param(
            GO,
            GO_TARGET,
            {},
            sql("m/000011_y.up.sql"),
            {"keep_names": True},
            "`000011_y` needs another version, so that its name cannot be kept",
            id="kept names",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            {},
            sql("m/000011_y.up.sql"),
            {"published": ("m/000011_y.up.sql",)},
            "`000011_y` is published, and `000011_a` lands before it: its version has to stay",
            id="published",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            {},
            sql("m/000011_y.up.sql", "m/000011_z.up.sql"),
            {},
            "the stream itself has m/000011_y.up.sql and m/000011_z.up.sql: say which of them comes first",
            id="twice",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            sql("m/000012_x.up.sql"),
            {"m/000012_y.up.sql": sql("m/000012_x.up.sql")["m/000012_x.up.sql"]},
            {},
            "m/000012_y.up.sql says what m/000012_x.up.sql says, which lands before it: drop it",
            id="the same under another name",
        ),
        pytest.param(
            RAILS,
            RAILS_TARGET,
            {},
            sql("db/migrate/20250101000000_a.rb"),
            {},
            "`20250101000000_a` has the name of `20240131000000_a`: give it another, in the file and in its class",
            id="a name that is taken",
        ),
        pytest.param(
            RAILS,
            RAILS_TARGET,
            {},
            sql("db/migrate/20240101000000_b.rb") | {"spec/b_spec.rb": "x\nversion = 20240101000000\n"},
            {},
            "spec/b_spec.rb:2 names the version 20240101000000 too: change it by hand with the file's name",
            id="a bare version",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            {},
            sql("m/000011_y.up.sql") | {"tests/test_y.py": "open('000011_y.up.sql')\n"},
            {},
            "tests/test_y.py:1 names the version 000011 too: change it by hand with the file's name",
            id="in Python",
        ),
        pytest.param(
            GO,
            GO_TARGET,
            {},
            sql("m/000011_y.up.sql", "n/000011_y.up.sql") | {"x_test.go": "open(`000011_y.up.sql`)\n"},
            {},
            "x_test.go names 000011_y, which may be n/000011_y.up.sql too: change it by hand",
            id="of one name in two folders",
        ),
        pytest.param(
            TYPEORM,
            sql("src/migration/1700000000000-A.ts"),
            {},
            {f"src/migration/{OLD}-AddX.ts": "export class AddX {}\n"},
            {},
            f"no class in src/migration/{OLD}-AddX.ts has the version in its name",
            id="no class",
        ),
        pytest.param(
            store_of("knex", "migrations"),
            sql("migrations/99999999999999_a.js"),
            {},
            sql("migrations/20240101000000_b.js"),
            {},
            "there is no version above that of `99999999999999_a` for migrations/20240101000000_b.js",
            id="the last version",
        ),
    ],
)
def test_what_cannot_be_told_is_refused(
    store: Store, target: Files, before: Files, mine: Files, more: dict[str, Any], reason: str
) -> None:
    answer = mended(store, target, mine, before=before, **more)

    assert isinstance(answer, NoRepair), answer
    assert answer.reason == reason


def test_what_has_no_version_is_refused() -> None:
    """Two changeSets of one id: nobody but people can give one of them another."""
    store = Store("liquibase", "db", ("db",), "ordered", checked=True)

    def changeset(digest: str) -> Node:
        return Node("liquibase", Key("db", "c.sql::1"), "db/c.sql", digest, order_key=("1",), digest=digest)

    answer = repair(
        Situation((store,), (), [Delta("first", (changeset("x"),))], Delta("second", (changeset("y"),)), {})
    )

    assert answer == NoRepair("second", "db/c.sql has no version that could be raised")

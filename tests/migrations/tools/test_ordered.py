"""Numbered migrations: which names count, in which folder, and how they are sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gate.migrations.tools import tool, tools
from gate.model.migrations import File, Migration

if TYPE_CHECKING:
    from gate.migrations.tools.base.tool import Tool
    from gate.model.migrations import Node, Store

ORDERED = [ordered for ordered in tools() if ordered.model == "ordered"]
FULL = Migration("full")

COUNT = [
    ("flyway", "db/V1__a.sql", "db", (1,)),
    ("flyway", "db/V1.2__a.sql", "db", (1, 2)),
    ("flyway", "db/V2_10__a__b.sql", "db", (2, 10)),
    ("flyway", "db/V1.0__a.sql", "db", (1,)),
    ("flyway", "V0__a.sql", "", (0,)),
    ("flyway", "src/main/java/db/migration/V3__A.java", "src/main/java/db/migration", (3,)),
    ("flyway", "db/R__views.sql", "db", ()),
    ("rails", "db/migrate/20200101000000_add_x.rb", "db/migrate", (20200101000000,)),
    ("rails", "app/db/migrate/001_add_x.rb", "app/db/migrate", (1,)),
    ("rails", "db/animals_migrate/5_a.rb", "db/animals_migrate", (5,)),
    ("rails", "db/migrate/2020/5_a.blog.rb", "db/migrate", (5,)),
    ("golang_migrate", "m/0007_a.up.sql", "m", (7,)),
    ("golang_migrate", "1_.up.sql", "", (1,)),
    ("goose", "m/00001_a.sql", "m", (1,)),
    ("goose", "m/00001_a.go", "m", (1,)),
    ("dbmate", "db/migrations/20200101_a.sql", "db/migrations", (20200101,)),
    ("sqlx", "migrations/3_a.sql", "migrations", (3,)),
    ("sqlx", "x/migrations/3_a.up.sql", "x/migrations", (3,)),
    ("ecto", "priv/repo/migrations/5_a.exs", "priv/repo/migrations", (5,)),
    ("ecto", "apps/x/priv/repo/migrations/y/5_a.exs", "apps/x/priv/repo/migrations", (5,)),
    ("prisma", "prisma/migrations/20200101000000_a/migration.sql", "prisma/migrations", None),
    ("atlas", "m/20200101_a.sql", "m", (20200101,)),
    ("atlas", "m/20200101.sql", "m", (20200101,)),
    ("knex", "migrations/20200101000000_a.js", "migrations", None),
    ("knex", "db/migrations/20200101000000_a.ts", "db/migrations", None),
    ("sequelize", "migrations/20200101000000-a.js", "migrations", None),
    (
        "typeorm",
        "src/migration/1577836800000-AddX.ts",
        "src/migration",
        ("1577836800000", "1577836800000-AddX"),
    ),
    ("node_pg_migrate", "migrations/1577836800000_a.js", "migrations", None),
    ("node_pg_migrate", "migrations/1577836800000-a.sql", "migrations", None),
]


@pytest.mark.parametrize(("name", "path", "folder", "key"), COUNT)
def test_a_name_that_counts(name: str, path: str, folder: str, key: tuple[int | str, ...] | None) -> None:
    assert tool(name).folder(path) == folder
    [node] = placed(name, path)
    assert (node.path, node.sure) == (path, True)
    assert node.order_key == ((node.id,) if key is None else key)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("flyway", "db/U1__a.sql"),
        ("flyway", "db/v1__a.sql"),
        ("flyway", "db/V1_a.sql"),
        ("flyway", "db/V__a.sql"),
        ("flyway", "db/V1__a.txt"),
        ("rails", "db/migrate/add_x.rb"),
        ("rails", "db/migrate/1_AddX.rb"),
        ("rails", "lib/migrate/1_a.rb"),
        ("rails", "mydb/migrate/1_a.rb"),
        ("golang_migrate", "m/1_a.down.sql"),
        ("golang_migrate", "m/1_a.sql"),
        ("goose", "m/1_a_test.go"),
        ("goose", "m/a.go"),
        ("dbmate", "db/schema.sql"),
        ("sqlx", "migrations/1_a.down.sql"),
        ("sqlx", "queries/1_a.sql"),
        ("ecto", "priv/repo/seeds.exs"),
        ("ecto", "test/migrations/1_a.exs"),
        ("prisma", "prisma/migrations/a/migration.sql"),
        ("prisma", "prisma/migrations/20200101000000_a/down.sql"),
        ("atlas", "m/1_a.up.sql"),
        ("atlas", "m/1_a.down.sql"),
        ("knex", "migrations/20200101000000-a.js"),
        ("knex", "migrations/20200101000000_a.d.ts"),
        ("knex", "src/20200101000000_a.js"),
        ("sequelize", "migrations/20200101000000_a.js"),
        ("typeorm", "migrations/1577836800000-a.spec.ts"),
        ("typeorm", "migrations/1577836800-A.ts"),
        ("node_pg_migrate", "migrations/20200101000000_a.js"),
    ],
)
def test_a_name_that_does_not_count(name: str, path: str) -> None:
    assert tool(name).folder(path) is None


@pytest.mark.parametrize("ordered", ORDERED, ids=lambda ordered: ordered.name)
@pytest.mark.parametrize(
    "path", ["", "/", "9" * 5000 + "_a.up.sql", "V" + "1." * 4000 + "__.sql", "db/migrate/" * 2000, "\0\n"]
)
def test_odd_paths_are_no_migrations(ordered: Tool, path: str) -> None:
    assert ordered.folder(path) is None


def placed(name: str, *paths: str) -> list[Node]:
    """The migrations of files in one store, whoever claims it."""
    ordered = tool(name)
    files = [File(path, "blob", FULL) for path in paths]
    [store] = [store_of(name, paths[0])]
    return list(ordered.nodes(store, files))


def store_of(name: str, path: str) -> Store:
    """A store of that folder."""
    from gate.model.migrations import Store

    folder = tool(name).folder(path)
    assert folder is not None
    return Store(name, folder, (folder,), "ordered")


def claimed(paths: tuple[str, ...], beside: dict[str, bytes], text: bytes = b"") -> dict[str, str]:
    """The tools that claim files of this text, each with what a late key is."""
    claims: dict[str, str] = {}
    for ordered in ORDERED:
        says = FULL if ordered.by_name else ordered.read(text)
        folders: dict[str, list[File]] = {}
        for path in paths:
            folder = ordered.folder(path)
            if folder is not None and says is not None:
                folders.setdefault(folder, []).append(File(path, "blob", says))
        wanted = {
            path: beside.get(path, b"") for folder in folders for path in ordered.evidence_paths(folder)
        }
        claims |= {store.tool: store.late for store in ordered.stores(folders, wanted)}
    return claims


CARGO = b'[dependencies]\nsqlx = "0.7"\n'
GO = b"require github.com/golang-migrate/migrate/v4 v4.1.0\n"


@pytest.mark.parametrize(
    ("path", "beside", "text", "expected"),
    [
        ("db/V1__a.sql", {}, b"", {"flyway": "warning"}),
        ("db/V1__a.sql", {"pom.xml": b"<artifactId>flyway-core<"}, b"", {"flyway": "error"}),
        (
            "db/V1__a.sql",
            {"pom.xml": b"flyway", "src/main/resources/application.yml": b"out-of-order: true"},
            b"",
            {"flyway": "warning"},
        ),
        ("m/1_a.up.sql", {}, b"", {"golang_migrate": "warning"}),
        ("m/1_a.up.sql", {"go.mod": GO}, b"", {"golang_migrate": "error"}),
        ("m/1_a.up.sql", {"Makefile": b"\tmigrate -path m up\n"}, b"", {"golang_migrate": "error"}),
        ("m/1_a.up.sql", {"compose.yaml": b"image: migrate/migrate:4\n"}, b"", {"golang_migrate": "error"}),
        ("m/1_a.up.sql", {"Makefile": b"\tmake migrate\n"}, b"", {"golang_migrate": "warning"}),
        ("migrations/1_a.up.sql", {"Cargo.toml": CARGO}, b"", {"sqlx": "warning"}),
        (
            "migrations/1_a.up.sql",
            {"Cargo.toml": CARGO, "go.mod": GO},
            b"",
            {"golang_migrate": "warning"},
        ),
        ("migrations/1_a.sql", {"Cargo.toml": CARGO}, b"SELECT 1", {"sqlx": "warning"}),
        ("migrations/1_a.sql", {"Cargo.toml": b"[package]\nname='sqlxy'\n"}, b"SELECT 1", {}),
        ("migrations/1_a.sql", {"Cargo.toml": CARGO}, b"x\n-- migrate:up\n", {"dbmate": "warning"}),
        ("migrations/1_a.sql", {}, b"-- +goose Up\n", {"goose": "error"}),
        (
            "migrations/1_a.go",
            {},
            b"func init() {\n\tgoose.AddMigrationContext(up, down)\n",
            {"goose": "error"},
        ),
        ("migrations/1_a.go", {}, b"package migrations\n", {}),
        ("migrations/1_a.sql", {}, b"SELECT 1", {}),
        ("m/1_a.sql", {"m/atlas.sum": b"h1:x=\n"}, b"", {"atlas": "error"}),
        ("m/1_a.sql", {"atlas.sum": b"h1:x=\n"}, b"", {}),
        (
            "m/1_a.sql",
            {"m/atlas.sum": b"h1:x=\n", "atlas.hcl": b"exec_order = NON_LINEAR"},
            b"",
            {"atlas": "warning"},
        ),
        ("m/1_a.sql", {"m/atlas.sum": b"h1:x=\n"}, b"-- +goose Up\n", {"goose": "error"}),
        ("migrations/20200101000000_a/migration.sql", {}, b"", {}),
        (
            "migrations/20200101000000_a/migration.sql",
            {"migrations/migration_lock.toml": b'provider = "mysql"'},
            b"",
            {"prisma": "warning"},
        ),
        ("migrations/20200101000000_a.js", {}, b"", {}),
        ("migrations/20200101000000_a.js", {"package.json": b'{"knex": "1"}'}, b"", {"knex": "warning"}),
        (
            "api/migrations/20200101000000-a.js",
            {"api/package.json": b'{"sequelize": "6", "knex": "1"}'},
            b"",
            {"sequelize": "warning"},
        ),
        ("migrations/1577836800000-A.ts", {"package.json": b'{"typeorm": "1"}'}, b"", {"typeorm": "warning"}),
        (
            "migrations/1577836800000-A.ts",
            {"package.json": b'{"typeorm": "1", "node-pg-migrate": "1"}'},
            b"",
            {"node_pg_migrate": "error"},
        ),
        (
            "migrations/1577836800000_a.js",
            {"package.json": b'{"m": "node-pg-migrate --no-check-order", "node-pg-migrate": "1"}'},
            b"",
            {"node_pg_migrate": "warning"},
        ),
        ("db/migrate/1_a.rb", {}, b"", {"rails": "warning"}),
        ("priv/repo/migrations/1_a.exs", {}, b"", {"ecto": "warning"}),
    ],
)
def test_one_system_claims_a_folder(
    path: str, beside: dict[str, bytes], text: bytes, expected: dict[str, str]
) -> None:
    assert claimed((path,), beside, text) == expected


@pytest.mark.parametrize("path", [path for _, path, *_ in COUNT])
def test_no_two_systems_claim_a_folder(path: str) -> None:
    every = b'flyway sqlx "knex": "sequelize": "typeorm": "node-pg-migrate": h1: provider\nsqlx = 1\n' + GO
    folder = path.rpartition("/")[0]
    names = ("package.json", "Cargo.toml", "go.mod", "pom.xml")
    beside = dict.fromkeys(names, every) | {f"{folder}/atlas.sum": b"h1:x"}
    for text in (b"SELECT 1", b"-- +goose Up", b"-- migrate:up"):
        assert len(claimed((path,), beside, text)) <= 1


def test_the_sources_of_a_java_package_are_one_store() -> None:
    flyway = tool("flyway")
    folders = {
        name: [File(f"{name}/V1__a.sql", "blob", FULL)]
        for name in ("x/src/main/java/db/migration", "x/src/main/resources/db/migration", "y/db")
    }
    assert flyway.needs_full_scan(folders)
    assert not flyway.needs_full_scan({"y/db": folders["y/db"]})
    assert [store.folders for store in flyway.stores(folders, {})] == [
        ("x/src/main/java/db/migration", "x/src/main/resources/db/migration"),
        ("y/db",),
    ]


def test_names_that_have_to_be_unique_are_labels() -> None:
    assert [node.labels for node in placed("rails", "db/migrate/1_add_x.rb")] == [("add_x",)]
    assert [node.labels for node in placed("flyway", "V1__a.sql")] == [()]


def test_what_could_not_be_read_has_no_place() -> None:
    ordered = tool("goose")
    assert not ordered.nodes(
        store_of("goose", "m/1_a.sql"), [File("m/1_a.sql", "blob", Migration("none", "large"))]
    )


def test_files_the_tool_writes_anew() -> None:
    assert tool("rails").derived_files(store_of("rails", "x/db/migrate/1_a.rb")) == (
        "x/db/schema.rb",
        "x/db/structure.sql",
    )
    assert tool("atlas").derived_files(store_of("atlas", "m/1_a.sql")) == ("m/atlas.sum",)

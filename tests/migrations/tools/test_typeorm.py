"""TypeORM: the names that have to be unique, and the time in them."""

from __future__ import annotations

import pytest

from gate.migrations.tools import tool
from gate.model.migrations import File, Store

TYPEORM = tool("typeorm")
A, B = "AddA1700000000000", "AddB1700000000001"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"export class {A} implements MigrationInterface {{\n", [(A, 1)]),
        (f"// x\nexport default class {A} {{}}", [(A, 2)]),
        (f"module.exports = class {A} {{}}", [(A, 1)]),
        (f"exports.{A} = class {A} {{}}", [(A, 1)]),
        (f"class {A} {{\n}}\nexports.{A} = {A};", [(A, 1)]),
        (f"export class {A} implements MigrationInterface {{\n    name = '{B}'\n", [(B, 2)]),
        (f'export class X {{\n  public readonly name: string = "{A}";\n', []),
        (f"class {A} {{\n  constructor() {{\n    this.name = `{B}`;\n", [(B, 3)]),
        (f"export class {A} {{}}\nexport class {B} {{}}", [(A, 1), (B, 2)]),
        (f"export class {A} {{\n  name = '{B}'\n}}\nexport class {B} {{}}", []),
        (f"// export class {A} {{", []),
        (f"class Ñ{A} {{", [(f"Ñ{A}", 1)]),
        ("export class AddA {", []),
        (f"class {A}0 {{", [(f"{A}0", 1)]),
        (f"class {A}_ {{", []),
        ("class " + "x" * 900_000, []),
        ("class \n" * 100_000, []),
        ("\0class", []),
    ],
)
def test_names(text: str, expected: list[tuple[str, int]]) -> None:
    says = TYPEORM.read(text.encode())
    assert says is not None
    assert [(mark.text, mark.line) for mark in says.marks] == expected


@pytest.mark.parametrize(
    ("text", "stamp"),
    [(f"class {A} {{}}", "1700000000000"), ("class X {}", "1600000000000")],
)
def test_the_time_in_its_name_is_what_counts(text: str, stamp: str) -> None:
    says = TYPEORM.read(text.encode())
    assert says is not None
    files = [File("migrations/1600000000000-AddA.ts", "blob", says)]
    [node] = TYPEORM.nodes(Store("typeorm", "migrations", ("migrations",), "ordered"), files)
    assert (node.id, node.order_key) == ("1600000000000-AddA", (stamp, "1600000000000-AddA"))

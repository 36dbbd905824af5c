"""Collisions of names planted in a monorepo of JavaScript and TypeScript; a twin of the second stream collides not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planted import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.demo.repository_builder import Content

FORMAT = """import { join } from "node:path";
import { clamp } from "./math.js";

export const LIMIT = 10;

export function format(value: number, digits = 2): string {
  return clamp(value).toFixed(digits);
}

export function parse(text: string, strict: boolean): number {
  return strict ? Number(text) : parseFloat(text);
}

export interface Options {
  digits: number;
}

export default function pretty(value: number): string {
  return format(value);
}

const inner = 1;

export const total = () => inner + LIMIT;

export const base = join("a", "b");
"""
SHAPES = """export class Shape {
  static count = 0;
  name = "shape";

  constructor(readonly size: number) {}

  area(): number {
    return this.size;
  }

  grow(by: number): void {}

  static make(size: number): Shape {
    return new Shape(size);
  }
}

export class Square extends Shape {
  side(): number {
    return this.area();
  }
}

export enum Color {
  Red,
  Green,
}

export namespace Units {
  export const px = 1;
  export const em = 2;
}

export const shared = new Shape(1);

export const sizes = {
  small: 1,
  large: 2,
} as const;
"""
BUTTON = """import { format } from "@acme/core";

export const Button = ({ label }: { label: string }) => <button>{format(1)}{label}</button>;

export const Icon = () => <i />;
"""
USER = """import { format } from "@acme/core";

export function user() {
  return format(1);
}
"""
LEGACY = """const path = require("path");

function load(name) {
  return path.join(name);
}

function save(name) {
  return name;
}

module.exports = { load, save };
"""
OLD = "exports.one = 1;\nexports.two = function () {};\n"
CONFIG = (
    '{\n  // shared\n  "compilerOptions": {"baseUrl": ".", "paths": {"~app/*": ["packages/app/src/*"]}},\n}\n'
)
TREE: dict[str, Content] = {
    "package.json": '{"name": "root", "private": true, "workspaces": ["packages/*"]}\n',
    "tsconfig.json": CONFIG,
    "packages/core/package.json": '{"name": "@acme/core", "main": "dist/index.js",\n "exports": '
    '{".": "./dist/index.js", "./shapes": "./dist/shapes.js"}}\n',
    "packages/core/src/index.ts": 'export * from "./format";\nexport { clamp } from "./math";\n'
    'export * as shapes from "./shapes";\nexport { default as pretty } from "./format";\n',
    "packages/core/src/format.ts": FORMAT,
    "packages/core/src/math.ts": "export const clamp = (value: number) => value;\n",
    "packages/core/src/shapes.ts": SHAPES,
    "packages/app/package.json": '{"name": "@acme/app", "dependencies": {"@acme/core": "workspace:*"}}\n',
    "packages/app/src/user.ts": USER,
    "packages/app/src/Button.tsx": BUTTON,
    "packages/app/src/style.css": "a {}\n",
    "packages/app/src/widgets/index.ts": 'export { Button } from "../Button";\n',
    "packages/legacy/package.json": '{"name": "legacy", "main": "index.js"}\n',
    "packages/legacy/index.js": LEGACY,
    "packages/legacy/old.js": OLD,
}
CORE = "packages/core/src"
APP = "packages/app/src"


def edited(path: str, *changes: tuple[str, str]) -> dict[str, str]:
    """A file with pieces of its text replaced everywhere."""
    text = TREE[path]
    assert isinstance(text, str)
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new)
    return {path: text}


def fresh(text: str, path: str = f"{APP}/fresh.ts") -> dict[str, Content]:
    """One more file."""
    return {path: f"{text}\n"}


def plants() -> Iterator[Plant]:
    """Every one."""
    yield from _modules()
    yield from _manifests()
    yield from _names()
    yield from _exports()
    yield from _own_file()
    yield from _members()
    yield from _calls()
    yield from _twice()


def _modules() -> Iterator[Plant]:
    tool = f"{APP}/widgets/tool.ts"
    assert tool not in TREE
    forms = {
        "named": 'import { clamp } from "../../core/src/math";',
        "with-ending": 'import { clamp } from "../../core/src/math.js";',
        "namespace": 'import * as math from "../../core/src/math";',
        "effects": 'import "../../core/src/math";',
        "type": 'import type { clamp } from "../../core/src/math";',
        "re-export": 'export { clamp } from "../../core/src/math";',
        "star": 'export * from "../../core/src/math";',
        "dynamic": 'export const lazy = () => import("../../core/src/math");',
        "mock": 'jest.mock("../../core/src/math");',
        "require": 'const { clamp } = require("../../core/src/math");',
        "alias": 'import { clamp } from "~core/math";',
        "import-equals": 'import math = require("../../core/src/math");',
        "awaited": 'export const f = async () => { const { clamp } = await import("../../core/src/math"); };',
    }
    moved = {f"{CORE}/math.ts": f"{CORE}/number/math.ts"}
    follow = {
        **edited(f"{CORE}/format.ts", ("./math.js", "./number/math.js")),
        **edited(f"{CORE}/index.ts", ("./math", "./number/math")),
    }
    fits = fresh('import { LIMIT } from "../../core/src/format";')
    for name, text in forms.items():
        if name == "alias":
            continue
        yield Plant("G210", f"moved-{name}", follow, fresh(text), fits, moved)
    removed: dict[str, Content] = {f"{APP}/style.css": None}
    yield Plant("G210", "style", removed, fresh('import "./style.css";'), fresh("export {};"))
    yield Plant("G210", "query", removed, fresh('import css from "./style.css?inline";'), fresh("export {};"))
    barrel: dict[str, Content] = {f"{APP}/widgets/index.ts": None}
    yield Plant(
        "G210",
        "folder",
        barrel,
        fresh('import { Button } from "./widgets";'),
        fresh('import { Button } from "./Button";'),
    )
    yield Plant(
        "G210",
        "tsconfig-path-to-removed",
        barrel,
        fresh('import { Button } from "~app/widgets";'),
        fresh('import "~app/Button";'),
    )
    legacy: dict[str, Content] = {"packages/legacy/old.js": None}
    yield Plant(
        "G210", "package-subpath", legacy, fresh('const old = require("legacy/old");', f"{APP}/n.cjs"),
        fresh('const all = require("legacy");', f"{APP}/n.cjs"),
    )  # fmt: skip
    yield Plant(
        "G210", "importer-moves", {},
        edited(f"{APP}/user.ts", ("export function", 'import { Icon } from "./Button";\n\nexport function')),
        edited(f"{APP}/user.ts", ("export function", 'import { clamp } from "@acme/core";\n\nexport function')),
        {f"{APP}/user.ts": f"{APP}/people/user.ts"},
    )  # fmt: skip


def _manifests() -> Iterator[Plant]:
    renamed = {
        **edited("packages/core/package.json", ("@acme/core", "@acme/kernel")),
        **edited("packages/app/package.json", ("@acme/core", "@acme/kernel")),
        **edited(f"{APP}/user.ts", ("@acme/core", "@acme/kernel")),
        **edited(f"{APP}/Button.tsx", ("@acme/core", "@acme/kernel")),
    }
    relative = fresh('import { clamp } from "../../core/src/math";')
    yield Plant("G210", "package-renamed", renamed, fresh('import { clamp } from "@acme/core";'), relative)
    yield Plant(
        "G210",
        "package-renamed-subpath",
        renamed,
        fresh('import { Color } from "@acme/core/shapes";'),
        relative,
    )
    closed = edited("packages/core/package.json", (', "./shapes": "./dist/shapes.js"', ""))
    yield Plant(
        "G210", "exports-closed", closed, fresh('import { Color } from "@acme/core/shapes";'), relative
    )
    paths = edited("tsconfig.json", ("~app/*", "@app/*"))
    yield Plant("G210", "tsconfig-path", paths, fresh('import { user } from "~app/user";'), relative)


def _names() -> Iterator[Plant]:
    renamed = edited(f"{CORE}/format.ts", ("parse(", "parseNumber("))
    at = "../../core/src/format"
    forms = {
        "named": ('import {{ {} }} from "{}";', at),
        "alias": ('import {{ {} as other }} from "{}";', at),
        "namespace": ('import * as ns from "{1}";\nns.{0};', at),
        "namespace-call": ('import * as ns from "{1}";\nns.{0}("1", true);', at),
        "namespace-in-function": ('import * as ns from "{1}";\nexport const f = () => ns.{0};', at),
        "re-export": ('export {{ {} }} from "{}";', at),
        "re-export-as": ('export {{ {} as other }} from "{}";', at),
        "required": ('const {{ {} }} = require("{}");', at),
        "required-whole": ('const ns = require("{1}");\nns.{0};', at),
        "awaited": ('export const f = async () => {{ const {{ {} }} = await import("{}"); }};', at),
        "barrel": ('import {{ {} }} from "{}";', "@acme/core"),
        "barrel-namespace": ('import * as ns from "{1}";\nns.{0};', "@acme/core"),
        "barrel-path": ('import {{ {} }} from "{}";', "../../core/src"),
        "barrel-index": ('import {{ {} }} from "{}";', "../../core/src/index.js"),
    }
    for name, (form, specifier) in forms.items():
        breaks, fits = form.format("parse", specifier), form.format("format", specifier)
        yield Plant("G211", f"renamed-{name}", renamed, fresh(breaks), fresh(fits))
    removals = {
        "constant": (edited(f"{CORE}/format.ts", ("LIMIT", "LARGEST")), "LIMIT", "format"),
        "interface": (edited(f"{CORE}/format.ts", ("Options", "Settings")), "type Options", "format"),
        "unexported": (edited(f"{CORE}/format.ts", ("export const total", "const total")), "total", "format"),
    }
    for name, (producer, lost, kept) in removals.items():
        yield Plant(
            "G211", name, producer, fresh(f'import {{ {lost} }} from "@acme/core";'),
            fresh(f'import {{ {kept} }} from "@acme/core";'),
        )  # fmt: skip
    shapes = edited(f"{CORE}/shapes.ts", ("class Square", "class Box"))
    start = 'import {{ {} }} from "@acme/core/shapes";\n'
    yield Plant(
        "G211", "base", shapes, fresh(start.format("Square") + "export class A extends Square {}"),
        fresh(start.format("Shape") + "export class A extends Shape {}"),
    )  # fmt: skip
    yield Plant(
        "G211", "namespace-of-namespace", shapes,
        fresh('import { shapes } from "@acme/core";\nnew shapes.Square(1);'),
        fresh('import { shapes } from "@acme/core";\nnew shapes.Shape(1);'),
    )  # fmt: skip
    button = edited(f"{APP}/Button.tsx", ("Icon", "Glyph"))
    tsx = f"{APP}/fresh.tsx"
    yield Plant(
        "G211", "component", button, fresh('import { Icon } from "./Button";\nexport const A = () => <Icon />;', tsx),
        fresh('import { Button } from "./Button";\nexport const A = () => <Button label="a" />;', tsx),
    )  # fmt: skip
    yield Plant(
        "G211", "component-of-namespace", button,
        fresh('import * as ui from "./Button";\nexport const A = () => <ui.Icon />;', tsx),
        fresh('import * as ui from "./Button";\nexport const A = () => <ui.Button label="a" />;', tsx),
    )  # fmt: skip
    typed = 'import type * as ns from "../../core/src/format";\nexport let x: ns.{};'
    settings = edited(f"{CORE}/format.ts", ("Options", "Settings"))
    yield Plant(
        "G211", "type-of-namespace", settings, fresh(typed.format("Options")), fresh("export let x: 1;")
    )


def _exports() -> Iterator[Plant]:
    at = "../../core/src/format"
    default = edited(f"{CORE}/format.ts", ("export default function pretty", "export function pretty"))
    index = edited(f"{CORE}/index.ts", ("{ default as pretty }", "{ pretty }"))
    yield Plant(
        "G211", "default-to-named", {**default, **index}, fresh(f'import pretty from "{at}";'),
        fresh(f'import {{ format }} from "{at}";'),
    )  # fmt: skip
    named = edited(f"{APP}/Button.tsx", ("export const Button =", "const Button ="))
    named[f"{APP}/Button.tsx"] = f"{named[f'{APP}/Button.tsx']}\nexport default Button;\n"
    follow = edited(f"{APP}/widgets/index.ts", ("{ Button }", "{ default as Button }"))
    yield Plant(
        "G211", "named-to-default", {**named, **follow}, fresh('import { Button } from "./Button";'),
        fresh('import { Button } from "./widgets";'),
    )  # fmt: skip
    barrel = edited(
        f"{CORE}/index.ts", ('export * from "./format";', 'export { format, LIMIT } from "./format";')
    )
    yield Plant(
        "G211", "star-narrowed", barrel, fresh('import { parse } from "@acme/core";'),
        fresh('import { LIMIT } from "@acme/core";'),
    )  # fmt: skip
    aliased = edited(f"{CORE}/index.ts", ("{ clamp }", "{ clamp as bound }"))
    yield Plant(
        "G211", "re-export-renamed", aliased, fresh('import { clamp } from "@acme/core";'),
        fresh('import { clamp } from "../../core/src/math";'),
    )  # fmt: skip
    space = edited(f"{CORE}/index.ts", ("as shapes", "as forms"))
    yield Plant(
        "G211", "namespace-renamed", space, fresh('import { shapes } from "@acme/core";'),
        fresh('import { Shape } from "@acme/core/shapes";'),
    )  # fmt: skip
    cjs = f"{APP}/fresh.cjs"
    kept = fresh('const { save } = require("legacy");', cjs)
    literal = edited("packages/legacy/index.js", ("load", "read"))
    yield Plant("G211", "commonjs", literal, fresh('const { load } = require("legacy");', cjs), kept)
    yield Plant(
        "G211", "commonjs-whole", literal, fresh('const l = require("legacy");\nl.load("a");', cjs), kept
    )
    yield Plant(
        "G211",
        "commonjs-default",
        literal,
        fresh('import l from "legacy";\nl.load("a");'),
        fresh("export {};"),
    )
    property_ = edited("packages/legacy/old.js", ("two", "three"))
    yield Plant(
        "G211", "commonjs-property", property_, fresh('const { two } = require("legacy/old.js");', cjs),
        fresh('const { one } = require("legacy/old.js");', cjs),
    )  # fmt: skip
    moved = {
        **edited(f"{CORE}/format.ts", ("export const LIMIT = 10;", 'import { LIMIT } from "./math";')),
        f"{CORE}/math.ts": "export const clamp = (value: number) => value;\nexport const LIMIT = 10;\n",
    }
    yield Plant(
        "G211",
        "moved",
        moved,
        fresh(f'import {{ LIMIT }} from "{at}";'),
        fresh(f'import {{ parse }} from "{at}";'),
    )


def _own_file() -> Iterator[Plant]:
    """One file that both change."""
    path = f"{CORE}/format.ts"
    tail = {
        "import": ('import { join } from "node:path";\n', "", "export const more = join(base);\n"),
        "own-import": ('import { clamp } from "./math.js";', "", "export const more = clamp(1);\n"),
        "local": ("inner", "inmost", "export const more = inner;\n"),
        "constant": ("LIMIT", "LARGEST", "export const more = LIMIT;\n"),
        "type": ("Options", "Settings", "export const more = (one: Options) => one;\n"),
        "export": ("inner", "inmost", "export { inner };\n"),
    }
    for name, (old, new, added) in tail.items():
        changes = (
            [(old, new), ('\nexport const base = join("a", "b");\n', "")]
            if name == "import"
            else [(old, new)]
        )
        if name == "own-import":
            changes.append(("clamp(value)", "value"))
        added = added.replace("join(base)", "join(String(LIMIT))")
        text = FORMAT.replace("export const LIMIT = 10;\n", f"export const LIMIT = 10;\n\n{added}")
        fits = FORMAT.replace(
            "export const LIMIT = 10;\n", "export const LIMIT = 10;\n\nexport const more = 1;\n"
        )
        yield Plant("G211", f"own-{name}", edited(path, *changes), {path: text}, {path: fits})


def _members() -> Iterator[Plant]:
    at = f"{CORE}/shapes.ts"
    start = 'import { Shape, Square, Color, Units, shared, sizes } from "@acme/core/shapes";\n'
    forms = {
        "instance": ("area()", "surface()", "new Shape(1).area();", "new Shape(1).grow(1);"),
        "constant": (
            "area()",
            "surface()",
            "const s = new Shape(1);\ns.area();",
            "const s = new Shape(1);\ns.name;",
        ),
        "local": (
            "area()",
            "surface()",
            "export const f = () => { const s = new Shape(1); s.area(); };",
            "Shape.make;",
        ),
        "imported-instance": ("area()", "surface()", "shared.area();", "shared.size;"),
        "inherited": ("area()", "surface()", "new Square(1).area();", "new Square(1).side();"),
        "this": (
            "area()",
            "surface()",
            "class A extends Shape { f() { this.area(); } }",
            "class A extends Shape {}",
        ),
        "super": (
            "area()",
            "surface()",
            "class A extends Shape { f() { super.area(); } }",
            "class A extends Shape {}",
        ),
        "static": ("make(", "create(", "Shape.make(1);", "Shape.count;"),
        "static-field": ("count", "counted", "Shape.count;", "Shape.make(1);"),
        "made-static": ("area()", "static area()", "new Shape(1).area();", "new Shape(1).name;"),
        "field": ("name =", "title =", "new Shape(1).name;", "new Shape(1).size;"),
        "parameter-property": (
            "size: number) {}",
            "length: number) {}",
            "new Shape(1).size;",
            "new Shape(1).name;",
        ),
        "enum": ("Red", "Blue", "Color.Red;", "Color.Green;"),
        "namespace": ("px", "point", "Units.px;", "Units.em;"),
        "key": ("small: 1", "tiny: 1", "sizes.small;", "sizes.large;"),
    }
    for name, (old, new, breaks, fits) in forms.items():
        producer = edited(at, (old, new))
        if name == "made-static":
            producer = edited(
                at,
                ("  area(): number {\n    return this.size;", "  static area(): number {\n    return 1;"),
                ("return this.area()", "return 1"),
            )
        if name == "parameter-property":
            producer = edited(at, ("readonly size", "readonly length"), ("this.size", "this.length"))
        yield Plant("G211", f"member-{name}", producer, fresh(start + breaks), fresh(start + fits))


def _calls() -> Iterator[Plant]:
    start = 'import { format, parse } from "@acme/core";\nimport { Shape, Square, shared } from "@acme/core/shapes";\n'
    path, at = f"{CORE}/format.ts", f"{CORE}/shapes.ts"
    forms = {
        "required": (
            edited(path, ("strict: boolean)", "strict: boolean, base: number)")),
            'parse("1", true);',
            "parse(...a);",
        ),
        "removed": (
            edited(path, ("value: number, digits = 2", "value: number")),
            "format(1, 2);",
            "format(1);",
        ),
        "made-required": (edited(path, ("digits = 2", "digits: number")), "format(1);", "format(1, 2);"),
        "method": (
            edited(at, ("grow(by: number)", "grow(by: number, to: number)")),
            "shared.grow(1);",
            "shared.area();",
        ),
        "static": (edited(at, ("make(size: number)", "make()")), "Shape.make(1);", "Shape.make;"),
        "constructor": (
            edited(at, ("readonly size: number", "readonly size: number, tag: string")),
            "new Shape(1);",
            "new Shape(...a);",
        ),
        "inherited-constructor": (
            edited(at, ("readonly size: number", "readonly size: number, tag: string")),
            "new Square(1);",
            "Square.make;",
        ),
    }
    for name, (producer, breaks, fits) in forms.items():
        yield Plant(
            "G212", name, producer, fresh(f"{start}{breaks}"), fresh(f"{start}const a: any = [];\n{fits}")
        )


def _twice() -> Iterator[Plant]:
    user, shapes = f"{APP}/user.ts", f"{CORE}/shapes.ts"
    pieces: Mapping[str, tuple[str, str]] = {
        "function": (
            "export function more() {{ return {}; }}\n",
            "export function less() {{ return {}; }}\n",
        ),
        "constant": ("const more = {};\n", "const less = {};\n"),
        "class": ("class More {{ x = {}; }}\n", "class Less {{ x = {}; }}\n"),
        "import": ('import more from "./{}";\n', 'import less from "./{}";\n'),
        "mixed": ("{}", "{}"),
        "export": ("export {{ user as more{} }};\n", "export {{ user as less{} }};\n"),
    }
    for name, (piece, twin_piece) in pieces.items():
        first, second, twin = piece.format(1), piece.format(2), twin_piece.format(2)
        if name == "mixed":
            first, second, twin = "const more = 1;\n", "function more() {}\n", "const less = 2;\n"
        if name == "import":
            first, second = 'import more from "./Button";\n', 'import more from "./Button";\n'
            first, second = first.replace("more", "{ Icon }"), second.replace("more", "{ Icon }")
            twin = 'import { Button } from "./Button";\n'
        if name == "export":
            first, second, twin = (
                text.replace(digit, "") for text, digit in ((first, "1"), (second, "2"), (twin, "2"))
            )
        yield Plant(
            "G213", name, {user: f"{first}\n{USER}"}, {user: f"{USER}\n{second}"}, {user: f"{USER}\n{twin}"}
        )
    members = {
        "method": (
            "  grow(by",
            "  more() {{ return {}; }}\n\n  grow(by",
            "  name =",
            "  more() {{ return {}; }}\n\n  name =",
        ),
        "key": ("  small: 1,", "  tiny: {},\n  small: 1,", "  large: 2,", "  large: 2,\n  tiny: {},"),
        "enum-member": ("  Red,", "  Blue,\n  Red,", "  Green,", "  Green,\n  Blue,"),
    }
    for name, (first, more, second, addition) in members.items():
        twin = addition.replace("more()", "less()").replace("Blue", "Black").replace("tiny", "huge").format(2)
        yield Plant(
            "G213", name, edited(shapes, (first, more.format(1))), edited(shapes, (second, addition.format(2))),
            edited(shapes, (second, twin)),
        )  # fmt: skip


def silent() -> Iterator[Plant]:
    """What merges and works: `breaks` is the second stream's."""
    nothing: dict[str, Content] = {}
    ts = {"packages/legacy/old.js": "packages/legacy/old.ts"}
    text = 'import "../../legacy/old.js";'
    yield Plant("", "javascript-to-typescript", nothing, fresh(text), nothing, ts)
    folder = {f"{CORE}/math.ts": f"{CORE}/math/index.ts"}
    yield Plant("", "to-a-folders-index", nothing, fresh('import "../../core/src/math";'), nothing, folder)
    renamed = edited(f"{CORE}/format.ts", ("parse(", "parseNumber("))
    kept = {f"{CORE}/format.ts": f"{renamed[f'{CORE}/format.ts']}\nexport {{ parseNumber as parse }};\n"}
    yield Plant("", "kept-under-both-names", kept, fresh('import { parse } from "@acme/core";'), nothing)
    yield Plant("", "external", renamed, fresh('import { parse } from "acorn";'), nothing)
    yield Plant(
        "", "value-of-unknown-type", renamed, fresh("export const f = (x: any) => x.parse();"), nothing
    )
    yield Plant("", "generated", renamed, fresh('import { parse } from "./generated/format";'), nothing)
    own_name = fresh("export const parse = 1;\nparse;")
    yield Plant("", "own-name", renamed, own_name, nothing)
    shadowed = fresh(
        'import { format } from "@acme/core";\nexport function f(parse: any) { parse(); format(1); }'
    )
    yield Plant("", "shadowed", renamed, shadowed, nothing)
    js = edited("packages/legacy/index.js", ("load(name)", "load(name, mode)"))
    yield Plant(
        "",
        "javascript-call",
        js,
        fresh('import { load } from "legacy";\nload("a");', f"{APP}/a.mjs"),
        nothing,
    )
    optional = edited(f"{CORE}/format.ts", ("strict: boolean)", "strict: boolean, base?: number)"))
    yield Plant(
        "", "optional", optional, fresh('import { parse } from "@acme/core";\nparse("1", true);'), nothing
    )
    user = f"{APP}/user.ts"
    for name, first, second in (
        ("interfaces", "interface More { a: 1 }\n", "interface More { b: 2 }\n"),
        ("type-and-value", "type More = 1;\n", "const More = 2;\n"),
        ("overloads", "declare function more(a: 1): void;\n", "declare function more(a: 2): void;\n"),
        (
            "functions-own",
            "export const f = () => { const a = 1; };\n",
            "export const g = () => { const a = 1; };\n",
        ),
        ("types-of-one-import", 'import type { More } from "./a";\n', "const less = 1;\n"),
    ):
        yield Plant("", name, {user: f"{first}\n{USER}"}, {user: f"{USER}\n{second}"}, nothing)

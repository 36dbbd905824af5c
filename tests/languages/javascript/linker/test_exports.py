"""What a name in a JavaScript or TypeScript file stands for."""

from __future__ import annotations

import pytest
from languages.worlds import answered_uses, says

LIB = {
    "m.ts": "export const a = 1\nexport function f() {}\nexport type T = 1\nconst hidden = 1\n"
    "export { a as b }\nexport default f\n",
    "star.ts": "export * from './m'\nexport const own = 1\n",
    "named.ts": "export { a, f as g } from './m'\nexport * as ns from './m'\n",
    "cycle.ts": "export * from './cycle2'\n",
    "cycle2.ts": "export * from './cycle'\nexport const c = 1\n",
    "out.ts": "export * from 'elsewhere'\nexport { x } from 'elsewhere'\n",
    "broken.ts": "export const a = = 1\nexport const b = 2\n",
    "old.cjs": "exports.a = 1\nexports.f = function () {}\n",
    "whole.cjs": "class K {}\nmodule.exports = K\n",
    "object.cjs": "module.exports = { a: 1, f() {} }\n",
    "computed.cjs": "module.exports = make()\n",
    "assigned.d.ts": "declare const x: number\nexport = x\n",
    "data.json": "{}",
    "View.vue": "",
}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("import { a } from './m'", "a", "fine"),
        ("import { a as x } from './m'", "a", "fine"),
        ("import { b } from './m'", "b", "fine"),
        ("import type { T } from './m'", "T", "fine"),
        ("import { hidden } from './m'", "hidden", "fails"),
        ("import { nope } from './m'", "nope", "fails"),
        ("import d from './m'", "default", "fine"),
        ("import d from './star'", "default", "fails"),
        ("import { a } from './star'", "a", "fine"),
        ("import { own } from './star'", "own", "fine"),
        ("import { nope } from './star'", "nope", "fails"),
        ("import { g } from './named'", "g", "fine"),
        ("import { f } from './named'", "f", "fails"),
        ("import { ns } from './named'\nns.a", "ns.a", "fine"),
        ("import { ns } from './named'\nns.nope", "ns.nope", "fails"),
        ("import { c } from './cycle'", "c", "fine"),
        ("import { nope } from './cycle'", "nope", "fails"),
        ("import { x } from './out'", "x", "fine"),
        ("import * as m from './m'\nm.a", "m.a", "fine"),
        ("import * as m from './m'\nm.nope", "m.nope", "fails"),
        ("import * as m from './m'\nm.then", "m.then", "silent"),
        ("const m = require('./old.cjs')\nm.a", "m.a", "fine"),
        ("const m = require('./old.cjs')\nm.nope", "m.nope", "fails"),
        ("const { a } = require('./old.cjs')", "a", "fine"),
        ("const { nope } = require('./old.cjs')", "nope", "fails"),
        ("import m from './old.cjs'\nm.a", "m.a", "fine"),
        ("import m from './object.cjs'\nm.nope", "m.nope", "fails"),
        ("const m = require('./object.cjs')\nm.f", "m.f", "fine"),
        ("const K = require('./whole.cjs')", "./whole.cjs", "fine"),
        ("import { x } from './computed.cjs'", "x", "fine"),
        ("import x from './assigned'", "default", "fine"),
        ("import x from './data.json'", "default", "fine"),
        ("import x from './View.vue'", "default", "fine"),
        ("import { a } from './broken'", "a", "fine"),
        ("import { nope } from './broken'", "nope", "fine"),
        ("export { a } from './m'", "a", "fine"),
        ("export { nope } from './m'", "nope", "fails"),
        ("export { default as x } from './m'", "default", "fine"),
        ("export * from './m'", "./m", "fine"),
        ("export * from './nope'", "./nope", "fails"),
        ("import('./nope')", "./nope", "fails"),
        ("jest.mock('./m')", "./m", "fine"),
        ("export const x = 1\nnowhere", "nowhere", "fails"),
        ("export const x = 1\nwindow; document", "document", "silent"),
        ("nowhere", "nowhere", "silent"),
        ("export const x = 1\nx", "x", "fine"),
        ("function f() { const m = require('./m'); m.nope }\nexport {}", "m.nope", "fails"),
    ],
)
def test_names(text: str, name: str, expected: str) -> None:
    assert says({**LIB, "use.ts": text}, "use.ts", name, "javascript") == expected


def test_a_module_whose_stars_lead_elsewhere_may_export_any_name() -> None:
    text = "import { anything } from './out'"

    [(_, answer)] = answered_uses({**LIB, "use.ts": text}, "use.ts", "javascript")

    assert not answer.fails
    assert not answer.sure


def test_names_a_declaration_file_may_give_to_every_file_are_not_missing() -> None:
    files = {"env.d.ts": "declare const VERSION: string\n", "use.ts": "export const x = VERSION\n"}

    assert says(files, "use.ts", "VERSION", "javascript") == "silent"


def test_two_stars_that_differ_in_a_name_leave_it_unknown() -> None:
    files = {
        "a.ts": "export const x = 1",
        "b.ts": "export const x = 2",
        "use.ts": "import { x } from './both'",
        "both.ts": "export * from './a'\nexport * from './b'",
    }

    [(_, answer)] = answered_uses(files, "use.ts", "javascript")

    assert answer.fine
    assert answer.target is None


def test_modules_that_export_one_anothers_names_in_every_way_end_quickly() -> None:
    numbers = range(40)
    files = {
        f"m{importer}.ts": "".join(
            f"export * from './m{exporter}'\nexport {{ x }} from './m{exporter}'\n" for exporter in numbers
        )
        for importer in numbers
    }

    assert says({**files, "use.ts": "import { x } from './m0'"}, "use.ts", "x", "javascript") == "fine"


def test_a_long_chain_of_values_ends() -> None:
    text = "".join(f"const a{number} = a{number + 1}.b\n" for number in range(3000))

    answered_uses({"use.ts": f"{text}export const a3000 = a0"}, "use.ts", "javascript")

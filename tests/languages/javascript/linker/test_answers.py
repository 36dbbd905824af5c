"""What a state answers to the uses of a file."""

from __future__ import annotations

import pytest
from languages.javascript.linker.states import defined, exporting, linker, signature

from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import SILENT, Answer, Use
from gate.model.source import Call, Export, FileFacts, Import, Reference

CLAMP = defined("clamp", "function", signature=signature("value"))
LIBRARY = exporting(CLAMP)
HIDDEN = FileFacts("full", exported=(Export("*", "*", "elsewhere", 1),))


def imported(name: str, module: str = "./m") -> Import:
    return Import(module, name, name, 0, 1, style="specifier")


def answer(use: Use, *imports: Import, path: str = "use.ts", library: FileFacts = LIBRARY) -> Answer:
    user = FileFacts("full", imports=imports)
    return linker({path: user, "m.ts": library}).answer(path, use)


@pytest.mark.parametrize(
    ("import_", "library", "expected"),
    [
        (imported("clamp"), LIBRARY, Answer(fine=True, target=Bound("m.ts", CLAMP))),
        (imported("nope"), LIBRARY, Answer(missing=Missing("m.ts", "nope"))),
        (imported(""), LIBRARY, Answer(fine=True, module=True)),
        (imported("*"), LIBRARY, Answer(fine=True, module=True)),
        (imported("clamp", "./n"), LIBRARY, Answer(missing=Missing("use.ts", "./n", module=True))),
        (imported("anything"), HIDDEN, Answer(fine=True, sure=False)),
    ],
)
def test_imports(import_: Import, library: FileFacts, expected: Answer) -> None:
    assert answer(Use("import", (), import_), library=library) == expected


@pytest.mark.parametrize(
    ("call", "path", "expected"),
    [
        (Call(1), "use.ts", Answer(fine=True, target=Bound("m.ts", CLAMP))),
        (Call(), "use.ts", Answer(why="needs `value`", target=Bound("m.ts", CLAMP))),
        (Call(), "use.js", SILENT),
        (Call(stars=True), "use.ts", SILENT),
        (Call(keywords=("value",)), "use.ts", SILENT),
        (None, "use.ts", SILENT),
    ],
)
def test_calls(call: Call | None, path: str, expected: Answer) -> None:
    use = Use("call", (), Reference("clamp", (1,), call=call))

    assert answer(use, imported("clamp"), path=path) == expected


def test_a_name_whose_import_fails_is_not_reported_again() -> None:
    use = Use("name", (), Reference("nope", (1,)))

    assert answer(use, imported("nope")) == SILENT
    assert answer(use, imported("nope", "./m"), library=exporting(defined("nope", "class"))).fine


def test_of_what_a_class_needs_only_its_bases_are_looked_at() -> None:
    class_ = defined("Made", "class")
    state = linker({"use.ts": exporting(class_)})

    assert state.answer("use.ts", Use("override", (), class_)) == SILENT
    assert state.answer("use.ts", Use("subclass", (), class_)).fine

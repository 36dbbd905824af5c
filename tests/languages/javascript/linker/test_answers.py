"""What a state answers to the uses of a file."""

from __future__ import annotations

import pytest
from languages.javascript.linker.states import defined, exporting, imported, linker, settings, signature

from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import SILENT, Answer, Use
from gate.model.source import Call, Export, FileFacts, Import, Reference, StringReference

CLAMP = defined("clamp", "function", signature=signature("value"))
LIBRARY = exporting(CLAMP)
HIDDEN = FileFacts("full", exported=(Export("*", "*", "elsewhere", 1),))


def answer(use: Use, *imports: Import, path: str = "use.ts", library: FileFacts = LIBRARY) -> Answer:
    user = FileFacts("full", imports=imports)
    return linker({path: user, "m.ts": library, "data.json": settings()}).answer(path, use)


@pytest.mark.parametrize(
    ("import_", "library", "expected"),
    [
        (imported("clamp", "./m"), LIBRARY, Answer(fine=True, target=Bound("m.ts", CLAMP))),
        (imported("nope", "./m"), LIBRARY, Answer(missing=Missing("m.ts", "nope"))),
        (imported("", "./m"), LIBRARY, Answer(fine=True, module=True)),
        (imported("*", "./m"), LIBRARY, Answer(fine=True, module=True)),
        (imported("clamp", "./n"), LIBRARY, Answer(missing=Missing("use.ts", "./n", module=True))),
        (imported("anything", "./m"), HIDDEN, Answer(fine=True, sure=False)),
        (imported("default", "./data.json"), LIBRARY, Answer(fine=True)),
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

    assert answer(use, imported("clamp", "./m"), path=path) == expected


def test_a_name_whose_import_fails_is_not_reported_again() -> None:
    use = Use("name", (), Reference("nope", (1,)))

    assert answer(use, imported("nope", "./m")) == SILENT
    assert answer(use, imported("nope", "./m"), library=exporting(defined("nope", "class"))).fine


def test_nothing_is_known_of_strings() -> None:
    assert answer(Use("patch", (), StringReference("m.clamp", "patch", 1))) == SILENT


def test_of_what_a_class_needs_only_its_bases_are_looked_at() -> None:
    class_ = defined("Made", "class")
    state = linker({"use.ts": exporting(class_)})

    assert state.answer("use.ts", Use("override", (), class_)) == SILENT
    assert state.answer("use.ts", Use("subclass", (), class_)).fine

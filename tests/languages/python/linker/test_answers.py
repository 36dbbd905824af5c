"""What one state provides for the uses of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from languages.python.linker.states import bound, defined, imported, linker, module, signature

from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import SILENT, Answer, Use, UseKind
from gate.model.source import Call, FileFacts, Reference, StringReference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.source import Definition, Import

THING = defined("Thing", "class")
RUN = defined("Thing.run", "function", signature=signature("self", "a"))
MAKE = defined("make", "function", signature=signature(), declared_type="Thing()")
PAIRS = (
    defined("Pairs", "class"),
    defined("Pairs.__iter__", "function"),
    defined("pairs", "function", signature=signature(), declared_type="Pairs()"),
)
FILES = {
    "m.py": module(THING, RUN, MAKE, *PAIRS, defined("f", "function", signature=signature("a"))),
    "use.py": module(
        imported("m", "f"),
        imported("m", "Thing"),
        imported("m", "make"),
        imported("m", "pairs"),
        imported("m", "lost"),
    ),
}


def answer(
    fact: Definition | Import | Reference | StringReference, kind: UseKind = "name", **files: FileFacts
) -> Answer:
    """The answer to a use in `use.py`."""
    states = {**FILES, **{f"{name}.py": facts for name, facts in files.items()}}
    return linker(states).answer("use.py", Use(kind, (), fact))


def reads(chain: str, **fields: Any) -> Reference:
    return Reference(chain, (1,), **fields)


@pytest.mark.parametrize(
    ("binding", "expected"),
    [
        (imported("m", "f"), Answer(fine=True, target=Bound("m.py", FILES["m.py"].definitions[-1]))),
        (imported("m"), Answer(fine=True, module=True)),
        (imported("m", "*"), Answer(fine=True, module=True)),
        (imported("m", "gone"), Answer(missing=Missing("m.py", "gone"))),
        (imported("requests"), Answer(fine=True, outside=True)),
        (imported(".gone", "f"), Answer(missing=Missing("use.py", ".gone", module=True))),
    ],
)
def test_imports(binding: Import, expected: Answer) -> None:
    assert answer(binding, "import") == expected


def test_of_a_dotted_import_the_submodule_is_needed() -> None:
    files = {"p/__init__.py": module(), "p/deep.py": module(), "use.py": module()}
    names = linker(files)

    assert names.answer("use.py", Use("import", (), imported("p.deep"))).module
    assert ("p/deep.py", "") in names.dependencies


def test_what_fails_at_the_import_is_silent_where_it_is_read() -> None:
    assert answer(reads("lost.x")) == SILENT
    assert answer(reads("lost.x", call=Call()), "call") == SILENT


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (reads("make().run"), Answer(fine=True, target=Bound("m.py", RUN, through="instance"), sure=False)),
        (
            reads("make().stop"),
            Answer(missing=Missing("m.py", "stop", inside="Thing"), sure=False, declared=True),
        ),
        (reads("Thing.stop"), Answer(missing=Missing("m.py", "stop", inside="Thing"))),
        (
            reads("Thing().stop", declared=True),
            Answer(missing=Missing("m.py", "stop", inside="Thing"), sure=False, declared=True),
        ),
    ],
)
def test_what_goes_by_a_declaration_is_not_sure(reference: Reference, expected: Answer) -> None:
    assert answer(reference) == expected


def test_an_answer_does_not_go_by_the_declarations_of_the_one_before() -> None:
    names = linker(FILES)
    names.answer("use.py", Use("name", (), reads("make().stop")))

    assert names.answer("use.py", Use("name", (), reads("Thing.stop"))).sure


def test_a_module_of_two_roots_is_not_sure() -> None:
    files = {"a/m.py": module(THING), "b/m.py": module(THING), "use.py": module()}

    assert linker(files).answer("use.py", Use("import", (), imported("m", "Thing"))) == Answer(
        fine=True, target=Bound("a/m.py", THING), sure=False
    )


def test_what_fails_may_be_postponed() -> None:
    manifest = FileFacts("full", settings=(("dependency python", ">=3.14"),))
    files: Mapping[str, FileFacts] = {**FILES, "pyproject.toml": manifest}
    names = linker(files)

    assert names.answer("use.py", Use("name", (), reads("Thing.stop"))).postpones
    assert not names.answer("use.py", Use("name", (), reads("Thing.run"))).postpones


@pytest.mark.parametrize(
    ("chain", "call", "expected"),
    [
        ("f", Call(1), ""),
        ("f", Call(), "needs `a`"),
        ("Thing().run", Call(), "needs `a`"),
        ("make", Call(use="unpacked"), "gives one `Thing`, which cannot be unpacked"),
        ("make", Call(use="iterated"), "gives one `Thing`, which cannot be iterated"),
        ("make", Call(use="read"), ""),
        ("f", Call(1, use="unpacked"), ""),
        ("pairs", Call(use="unpacked"), ""),
    ],
)
def test_calls(chain: str, call: Call, expected: str) -> None:
    provided = answer(reads(chain, call=call), "call")

    assert (provided.why, provided.fine) == (expected, not expected)


def test_a_call_that_fits_may_be_in_doubt() -> None:
    provided = answer(reads("f", call=Call(1, use="awaited")), "call")

    assert provided.doubt == "is a plain function now, whose result may be no awaitable"


@pytest.mark.parametrize("chain", ["json.dumps", "make().run.more", "len"])
def test_calls_of_what_is_not_known(chain: str) -> None:
    assert (
        answer(reads(chain, call=Call()), "call", use=module(imported("json"), imported("m", "make")))
        == SILENT
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (StringReference("m.f", "object", 1), (True, True)),
        (StringReference("m.f", "object", 1, sure=False), (True, False)),
        (StringReference("m.gone", "object", 1, sure=False), (False, True)),
        (StringReference("f", "export", 1, sure=False), (True, False)),
    ],
)
def test_strings(text: StringReference, expected: tuple[bool, bool]) -> None:
    provided = answer(text, text.kind)

    assert (provided.fine, provided.sure) == expected


def test_fixtures() -> None:
    fixture = defined("repo", "function", fixture="repo")
    text = StringReference("repo", "fixture", 1)

    assert answer(text, "fixture") == Answer(missing=Missing("use.py", "repo"))
    assert answer(text, "fixture", conftest=module(fixture)) == Answer(
        fine=True, target=Bound("conftest.py", fixture)
    )
    assert answer(text, "fixture", conftest=FileFacts("none")) == SILENT


def test_classes_and_methods_are_asked_of_their_bases() -> None:
    base = defined("Base", "class", bases=("ABC",))
    area = defined("Base.area", "function", abstract=True, signature=signature("self", "a"))
    circle = defined("Circle", "class", bases=("Base",))
    method = defined("Circle.area", "function", signature=signature("self"))
    names = linker({"m.py": module(imported("abc", "ABC"), base, area, circle)})
    fitting = linker({"m.py": module(imported("abc", "ABC"), base, area, circle, method)})

    assert names.answer("m.py", Use("subclass", (), bound(names, "m.py", "Circle").definition)).why
    assert fitting.answer("m.py", Use("subclass", (), circle)).fine
    assert fitting.answer("m.py", Use("override", (), method)).why == "takes 0 positional arguments, not 1"

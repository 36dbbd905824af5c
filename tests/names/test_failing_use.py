"""What kind of failure a failing use is."""

from __future__ import annotations

import pytest
from names.failures import FINE, failing
from names.literal import binding, definition, of_uses, state, use_of

from gate.languages.base.symbols import Missing
from gate.languages.base.uses import Answer, uses
from gate.model.source import Call, Reference, StringReference

METHOD = definition("C.f")
SUBCLASS = definition("C", "class", bases=("Base",))


@pytest.mark.parametrize(
    ("fact", "missing", "kind"),
    [
        (Reference("m.load", (1,)), Missing("m.py", "load"), "name"),
        (Reference("load", (1,)), Missing("n.py", "load"), "undefined"),
        (binding("n", "load"), Missing("n.py", "load"), "name"),
        (Reference("m.C.load", (1,)), Missing("m.py", "load", inside="C"), "member"),
        (Reference("m.load", (1,)), Missing("m.py", "m", module=True), "module"),
        (Reference("m.load", (1,)), Missing("p/", "load"), "module"),
        (StringReference("db", "fixture", 1), Missing("conftest.py", "db"), "fixture"),
        (StringReference("m.load", "patch", 1), Missing("m.py", "load"), "patch"),
        (StringReference("load", "export", 1), Missing("m.py", "load"), "undefined"),
        (StringReference("app.Model", "model", 1), Missing("m.py", "Model"), "string"),
    ],
)
def test_what_is_missing(fact: Reference, missing: Missing, kind: str) -> None:
    assert failing(use=use_of(fact), answer=Answer(missing=missing)).kind == kind


def test_what_does_not_fit() -> None:
    why = Answer(why="takes no parameter `x`", missing=Missing("m.py", "load"))
    call = use_of(Reference("m.load", (1,), call=Call()), "call")
    assert failing(use=call, answer=why).kind == "call"
    assert failing(use=use_of(SUBCLASS), answer=why).kind == "unimplemented"
    override = next(use for use in uses(of_uses(SUBCLASS, METHOD)) if use.kind == "override")
    assert failing(use=override, answer=why).kind == "override"


def test_a_use_that_a_module_provided_lacks_the_module() -> None:
    module = Answer(fine=True, module=True)
    assert failing(before=module).kind == "module"
    assert failing(before=FINE).kind == "name"


def test_a_specifier_names_its_module_itself() -> None:
    module = Answer(fine=True, module=True)
    use = use_of(binding("./m", "load", style="specifier"))
    assert failing(use=use, before=module).kind == "name"


def test_the_missing_name_and_the_merged_file() -> None:
    facts = of_uses(Reference("m.load", (1,)))
    failure = failing(merged=state({"n.py": facts}))
    assert failure.missing_name == "load"
    assert failing(answer=Answer(why="x")).missing_name == ""
    assert failure.file == facts

"""Chains through declared types, on facts written as literals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gate.languages.base import typed_linker
from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.base.typed_linker import TypedLinker, without_signature
from gate.languages.base.uses import uses
from gate.model.source import Call, Definition, FileFacts, Import, Parameter, Reference, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.base.symbols import Symbol

TAKES_ONE = Signature((Parameter("self", "positional"), Parameter("a", "positional")))


def define(path: str, kind: str = "class", **more: object) -> Definition:
    scope, _, name = path.rpartition(".")
    return Definition(name, scope, kind, 1, 1, **more)  # type: ignore[arg-type]


DEFINITIONS = (
    define("Store", bases=("Base",)),
    define("Store.item", "attribute", value="Item()"),
    define("Store.open", "function", value="Store()", signature=TAKES_ONE),
    define("Store.size", "attribute"),
    define("Base"),
    define("Base.close", "function"),
    define("Base.item", "attribute"),
    define("Item"),
    define("Item.name", "attribute"),
    define("Cyclic", bases=("Cyclic",)),
    define("Doubtful", bases=("?",)),
    define("Doubtful.own", "attribute", value="Item()"),
    define("Opaque", opaque=True),
    define("Alias", "type", value="Store"),
    define("OfAlias", bases=("Alias",)),
    define("Color", "enum"),
    define("Color.red", "variable", value="Color()"),
    define("make", "function", value="Store()", signature=Signature((Parameter("a", "positional"),))),
    define("loop", "variable", value="loop.x()"),
    define("kind", "variable", value="Item"),
    define("OfFunction", bases=("make",)),
    define("OfTwo", bases=("?", "Base")),
    define("Named", "type", value="make"),
    define("Made", signature=Signature()),
    define("Store.fixed", "function", signature=Signature((Parameter("a", "positional"),))),
    define("maybe", "function", value="Item()", conditional=True),
    define("Twice"),
    define("Twice.both", "attribute", value="Item()"),
    define("Twice.both", "attribute", value="Item()"),
    define("Twice.odd", "attribute", value="Item()", conditional=True),
)
FACTS = {"a": FileFacts("full", definitions=DEFINITIONS, imports=(Import("gone", "", "gone", 0, 1),))}


class OneFile(TypedLinker):
    """A language of one file, in which names stand for its definitions."""

    def resolve_import(self, path: str, binding: Import) -> Symbol:
        return Missing(path, binding.module, module=True) if binding.module == "gone" else Module(path, "")

    def resolve_root(self, path: str, name: str, owner: str) -> Symbol:
        del owner
        return Module("a", "") if name == "a" else self.module_member(Module(path, ""), name)

    def module_member(self, module: Module, name: str) -> Symbol:
        definitions = self.definitions(module.path, "", name)
        return Bound(module.path, definitions[0]) if definitions else Missing(module.path, name)

    def member_files(self, owner: Bound) -> Iterable[str]:
        return (owner.path,)

    def has_implicit_member(self, owner: Bound, name: str) -> bool:
        return (owner.definition.name, name) == ("Store", "implicit")


def linker() -> OneFile:
    return OneFile(FACTS.get)


def shown(symbol: Symbol) -> str:
    """`Type` or `Type()` for what is bound, `!name` for what is missing, `?` and `present`."""
    match symbol:
        case Bound(definition=definition, instance=instance):
            return definition.path + "()" * instance
        case Missing(name=name, sure=sure):
            return f"!{name}" if sure else f"!{name}?"
    return "present" if symbol == PRESENT else "?" if symbol == UNKNOWN else "module"


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ("a", "module"),
        ("a.Store", "Store"),
        ("Store", "Store"),
        ("Store()", "Store()"),
        ("Nothing", "!Nothing"),
        ("Nothing().x", "!Nothing"),
        ("Store().item", "Store.item"),
        ("Store().item.name", "Item.name"),
        ("Store().item()", "Item()"),
        ("Store().open().item.none", "!none"),
        ("Store().close", "Base.close"),
        ("Store().none", "!none"),
        ("Store().size.x", "?"),
        ("Store()()", "!Store()"),
        ("make().item", "Store.item"),
        ("make.item", "Store.item"),
        ("Alias().item", "Store.item"),
        ("Alias.item", "Store.item"),
        ("OfAlias().close", "Base.close"),
        ("Color.red.none", "!none"),
        ("Cyclic().none", "!none"),
        ("Doubtful().own.name", "Item.name"),
        ("Doubtful().none", "!none?"),
        ("Opaque().none", "!none?"),
        ("Twice().both", "present"),
        ("Twice().odd", "present"),
        ("maybe().name", "Item.name"),
        ("loop.x.y", "?"),
        ("kind.name", "?"),
        ("Named.item", "?"),
        ("OfFunction().none", "!none?"),
        ("OfTwo().close", "present"),
        ("Store().implicit", "?"),
        ("Item().implicit", "!implicit"),
    ],
)
def test_what_a_chain_stands_for(chain: str, expected: str) -> None:
    assert shown(linker().resolve_chain("a", chain)) == expected


def answer(chain: str, call: Call | None = None) -> str:
    facts = FileFacts("full", references=(Reference(chain, (1,), call=call),))
    reply = linker().answer("a", list(uses(facts))[-1])
    return reply.why or ("missing" if reply.missing else "fine" if reply.fine else "silent")


@pytest.mark.parametrize(
    ("chain", "call", "expected"),
    [
        ("make", Call(1), "fine"),
        ("make", Call(2), "takes 1 positional arguments, not 2"),
        ("make()", Call(2), "silent"),
        ("Item", Call(2), "silent"),
        ("Store().open", Call(1), "fine"),
        ("Store().open", Call(2), "takes 1 positional arguments, not 2"),
        ("Store.open", Call(2), "fine"),
        ("Store.open", Call(1), "needs `a`"),
        ("Store().fixed", Call(1), "fine"),
        ("Made", Call(1), "takes 0 positional arguments, not 1"),
        ("Made()", Call(1), "silent"),
        ("Nothing", Call(1), "silent"),
        ("Nothing", None, "missing"),
        ("gone.x", None, "silent"),
        ("make", None, "fine"),
    ],
)
def test_answers(chain: str, call: Call | None, expected: str) -> None:
    assert answer(chain, call) == expected


def test_an_answer_depends_on_the_types_and_members_it_goes_through() -> None:
    names = linker()
    names.resolve_chain("a", "Store().close")

    assert names.dependencies == [("a", "Store"), ("a", "Base"), ("a", "Base.close")]


def test_what_an_instance_gives_when_it_is_called_is_unknown() -> None:
    instance = Bound("a", DEFINITIONS[0], instance=True)

    assert linker().result(instance, is_called=True) == UNKNOWN
    assert linker().result(instance, is_called=False) == instance


def test_names_that_lead_on_and_on_are_given_up_for_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_linker, "_MOST_STEPS", 2)
    names = linker()
    [short], [long] = (
        list(uses(FileFacts("full", references=(Reference(chain, (1,)),))))
        for chain in ("Store().item.none", "Store().open().item.none")
    )

    assert [names.answer("a", use).fails for use in (short, long, short)] == [True, False, True]


def test_an_import_is_answered_by_what_it_names() -> None:
    facts = FileFacts("full", imports=(Import("gone", "", "g", 0, 1), Import("here", "", "h", 0, 2)))

    assert [linker().answer("a", use).fine for use in uses(facts)] == [False, True]


def test_what_calls_fit_can_be_left_open() -> None:
    open_ended = without_signature(Bound("a", DEFINITIONS[2], instance=True, through="class"))

    assert open_ended.definition.signature is None
    assert (open_ended.path, open_ended.instance, open_ended.through) == ("a", True, "class")
    assert open_ended.definition.path == "Store.open"


def test_a_file_that_cannot_be_read_defines_nothing() -> None:
    assert shown(linker().resolve_chain("b", "Store")) == "!Store"
    assert linker().facts("b").parse == "none"

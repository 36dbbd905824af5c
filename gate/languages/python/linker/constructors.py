"""Constructors made from the fields of a class: dataclasses, attrs, NamedTuple, pydantic.

Sources: docs.python.org/3/library/dataclasses.html, www.attrs.org/en/stable/api.html, docs.pydantic.dev. Where a class
says anything that these do not settle for sure, nothing is told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.languages.python.linker import classes, stdlib
from gate.model.source import Parameter, Signature, last_name

if TYPE_CHECKING:
    from gate.languages.base.symbols import Bound
    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.source import Definition

Maker = Literal["", "dataclass", "attrs", "tuple", "pydantic"]
_ATTRS = {"s", "attrs", "define", "frozen", "mutable"}
_BASES: dict[tuple[str, str], Maker] = {
    ("typing", "NamedTuple"): "tuple",
    ("typing_extensions", "NamedTuple"): "tuple",
    ("pydantic", "BaseModel"): "pydantic",
}
_MOST_BASES = 50
_OWN_RULES = {"model_config", "Config", "root_validator", "model_validator"}
"""What may make pydantic take other names, or fill in fields before it looks for them."""


def maker(linker: PythonLinker, one: Bound) -> Maker:
    """What makes the constructor of a class from its fields, "" when nothing does."""
    for decorator in one.definition.decorators:
        name = last_name(decorator)
        if name == "dataclass":
            return "dataclass"
        if name in _ATTRS and stdlib.origin(linker, one.path, decorator.partition("(")[0]) in (
            "attr",
            "attrs",
        ):
            return "attrs"
    own = _made_base(linker, one)
    if own or "pydantic" not in {_made_base(linker, each) for each in _lineage(linker, one) or ()}:
        return own
    return "pydantic"


def constructor(linker: PythonLinker, one: Bound) -> Signature | None:
    """The constructor that a class gets from its fields; None when that cannot be told."""
    made = maker(linker, one)
    lineage = _lineage(linker, one)
    if lineage is None or "init=False" in "".join(one.definition.decorators):
        return None
    found: dict[str, Parameter | None] = {}
    for each in reversed(lineage if made != "tuple" else lineage[:1]):
        own = maker(linker, each)
        if own and own != made:
            return None
        if own == made and not _add(linker, each, made, found):
            return None
    swallow = (Parameter("fields", "keywords", required=False),) if made == "pydantic" else ()
    return Signature((*filter(None, found.values()), *swallow))


def _add(linker: PythonLinker, one: Bound, made: Maker, found: dict[str, Parameter | None]) -> bool:
    """Add the fields of one class to those of its bases; False when they cannot be told."""
    members = linker.members(one.path).get(one.definition.path, [])
    fields = [each for each in members if each.field]
    if any(each.field == "unknown" or each.conditional for each in fields) or not _as_listed(
        one, made, fields
    ):
        return False
    words = {each.name for each in members} | {
        last_name(word) or word for each in members for word in each.decorators
    }
    if made == "pydantic" and not _OWN_RULES.isdisjoint(words):
        return False
    by_name = made == "pydantic" or any("kw_only=True" in text for text in one.definition.decorators)
    for each in fields:
        if made != "pydantic" or not each.name.startswith("_"):
            found[each.name] = _parameter(each, made, by_name=by_name)
    return not (by_name and made == "attrs" and len(found) > len(fields))


def _parameter(one: Definition, made: Maker, *, by_name: bool) -> Parameter | None:
    if one.field == "excluded":
        return None
    needed = one.field == "required" or (one.field == "nullable" and made != "pydantic")
    name = one.name.lstrip("_") if made == "attrs" else one.name
    return Parameter(name, "keyword" if by_name else "either", needed)


def _as_listed(one: Bound, made: Maker, fields: list[Definition]) -> bool:
    """Whether what counts as a field is what the reader took for one: attrs goes by `attr.ib()` or by annotation."""
    described = {last_name(each.value.removesuffix("()")) in ("ib", "attrib") for each in fields}
    words = "".join(one.definition.decorators)
    by_call = (
        made == "attrs"
        and any(mark in words for mark in ("attr.s", "attr.attrs", "attrs("))
        and ("auto_attribs=True" not in words)
    )
    return described <= {by_call}


def _lineage(linker: PythonLinker, start: Bound) -> list[Bound] | None:
    """The class and its bases in Python's own order; None when one is unknown or inherited twice."""
    found: list[Bound] = []
    queue = [start]
    while queue:
        one = queue.pop(0)
        linker.dependencies.append((one.path, one.definition.path))
        bases = classes.bases(linker, one)
        known = [base for base in bases if base is not None]
        if (
            one in found
            or len(found) > _MOST_BASES
            or len(bases) - len(known) > bool(_made_base(linker, one))
            or one.definition.opaque
        ):
            return None
        if not all(_is_plain(linker, one, decorator) for decorator in one.definition.decorators):
            return None
        found.append(one)
        queue[:0] = known
    return found


def _is_plain(linker: PythonLinker, one: Bound, decorator: str) -> bool:
    root = decorator.partition("(")[0]
    return classes.is_plain(decorator) or stdlib.origin(linker, one.path, root) in ("attr", "attrs")


def _made_base(linker: PythonLinker, one: Bound) -> Maker:
    for base in one.definition.bases:
        found = _BASES.get((stdlib.origin(linker, one.path, base), base.rpartition(".")[2]))
        if found is not None:
            return found
    return ""

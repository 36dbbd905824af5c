"""Constructors made from the fields of a class: dataclasses, attrs, NamedTuple, pydantic.

Sources: docs.python.org/3/library/dataclasses.html, www.attrs.org/en/stable/api.html, docs.pydantic.dev. A class with
anything that these do not define has an unknown constructor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.languages.python.linker import classes, stdlib
from gate.model.source import Parameter, Signature, last_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.languages.base.symbols import Bound
    from gate.languages.python.linker.names import PythonNames
    from gate.model.source import Definition

Maker = Literal["", "dataclass", "attrs", "tuple", "pydantic"]
_ATTRS_DECORATORS = {"s", "attrs", "define", "frozen", "mutable"}
_ATTRS_PACKAGES = ("attr", "attrs")
_MAKER_BASES: dict[tuple[str, str], Maker] = {
    ("typing", "NamedTuple"): "tuple",
    ("typing_extensions", "NamedTuple"): "tuple",
    ("pydantic", "BaseModel"): "pydantic",
}
"""By (top-level module, class): what a class with this base gets its constructor from."""
_MOST_BASES = 50
_CUSTOM_RULES = {"model_config", "Config", "root_validator", "model_validator"}
"""Members that may make pydantic take other names, or fill in fields before it looks for them."""


def maker(linker: PythonNames, holder: Bound) -> Maker:
    """Return what makes the constructor of a class from its fields, "" when nothing does."""
    for decorator in holder.definition.decorators:
        name = last_name(decorator)
        if name == "dataclass":
            return "dataclass"
        root = decorator.partition("(")[0]
        if name in _ATTRS_DECORATORS and stdlib.origin(linker, holder.path, root) in _ATTRS_PACKAGES:
            return "attrs"
    by_base = _base_maker(linker, holder)
    if by_base or "pydantic" not in {_base_maker(linker, base) for base in _lineage(linker, holder) or ()}:
        return by_base
    return "pydantic"


def constructor(linker: PythonNames, holder: Bound) -> Signature | None:
    """Return the constructor that a class gets from its fields; None when it is unknown."""
    made_by = maker(linker, holder)
    lineage = _lineage(linker, holder)
    if lineage is None or "init=False" in "".join(holder.definition.decorators):
        return None
    parameters: dict[str, Parameter | None] = {}
    for base in reversed(lineage if made_by != "tuple" else lineage[:1]):
        base_made_by = maker(linker, base)
        if base_made_by and base_made_by != made_by:
            return None
        if base_made_by == made_by and not _add_fields(linker, base, made_by, parameters):
            return None
    swallow = (Parameter("fields", "keywords", required=False),) if made_by == "pydantic" else ()
    return Signature((*filter(None, parameters.values()), *swallow))


def _add_fields(
    linker: PythonNames, holder: Bound, made_by: Maker, parameters: dict[str, Parameter | None]
) -> bool:
    """Add the fields of one class to the parameters of its bases; False when they are unknown."""
    members = linker.members(holder.path).get(holder.definition.path, [])
    fields = [member for member in members if member.field]
    if any(field.field == "unknown" or field.conditional for field in fields):
        return False
    if not _are_fields(holder, made_by, fields) or (made_by == "pydantic" and _is_customised(members)):
        return False
    by_name = made_by == "pydantic" or any("kw_only=True" in text for text in holder.definition.decorators)
    for field in fields:
        if made_by != "pydantic" or not field.name.startswith("_"):
            parameters[field.name] = _parameter(field, made_by, by_name=by_name)
    return not (by_name and made_by == "attrs" and len(parameters) > len(fields))


def _is_customised(members: Sequence[Definition]) -> bool:
    """Return whether a class of pydantic's has a member of `_CUSTOM_RULES`, or one decorated by it."""
    decorators = {last_name(decorator) or decorator for member in members for decorator in member.decorators}
    return not _CUSTOM_RULES.isdisjoint({member.name for member in members} | decorators)


def _parameter(field: Definition, made_by: Maker, *, by_name: bool) -> Parameter | None:
    """Return the parameter for a field; None when it has none."""
    if field.field == "excluded":
        return None
    needed = field.field == "required" or (field.field == "nullable" and made_by != "pydantic")
    name = field.name.lstrip("_") if made_by == "attrs" else field.name
    return Parameter(name, "keyword" if by_name else "either", needed)


def _are_fields(holder: Bound, made_by: Maker, fields: Sequence[Definition]) -> bool:
    """Return whether the maker takes the same names for fields as the reader did.

    attrs takes either those that `attr.ib()` describes or those that are annotated.
    """
    described = {last_name(field.value.removesuffix("()")) in ("ib", "attrib") for field in fields}
    words = "".join(holder.definition.decorators)
    by_call = (
        made_by == "attrs"
        and any(mark in words for mark in ("attr.s", "attr.attrs", "attrs("))
        and ("auto_attribs=True" not in words)
    )
    return described <= {by_call}


def _lineage(linker: PythonNames, start: Bound) -> list[Bound] | None:
    """Return the class and its bases in Python's own order; None when one is unknown or inherited twice."""
    lineage: list[Bound] = []
    queue = [start]
    while queue:
        holder = queue.pop(0)
        linker.dependencies.append((holder.path, holder.definition.path))
        bases = classes.bases(linker, holder)
        first_party = [base for base in bases if base is not None]
        if (
            holder in lineage
            or len(lineage) > _MOST_BASES
            or len(bases) - len(first_party) > bool(_base_maker(linker, holder))
            or holder.definition.opaque
        ):
            return None
        if not all(_is_plain(linker, holder, decorator) for decorator in holder.definition.decorators):
            return None
        lineage.append(holder)
        queue[:0] = first_party
    return lineage


def _is_plain(linker: PythonNames, holder: Bound, decorator: str) -> bool:
    """Return whether a decorator leaves a class its members, or is one of attrs'."""
    root = decorator.partition("(")[0]
    return classes.is_plain(decorator) or stdlib.origin(linker, holder.path, root) in _ATTRS_PACKAGES


def _base_maker(linker: PythonNames, holder: Bound) -> Maker:
    """Return what makes a class's constructor because of a base named in its own statement."""
    for base in holder.definition.bases:
        made_by = _MAKER_BASES.get((stdlib.origin(linker, holder.path, base), base.rpartition(".")[2]))
        if made_by is not None:
            return made_by
    return ""

"""Whether a call fits a signature, and the kind of function what is done with the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.source import Call, Parameter, Signature


Gives = Literal["", "nothing", "value", "never", "deferred", "manager", "async-manager"]
"""What calling a plain function gives: see `Definition.gives`; a decorator may make it a manager or a `Deferred`."""


def mismatch(signature: Signature, call: Call, gives: Gives = "") -> str:
    """Return why a call cannot work, in words that follow the callee's name; "" when it can."""
    return (
        next(_argument_mismatches(signature, call), "")
        or _result_mismatch(signature, call)
        or _value_mismatch(call, gives)
    )


def doubt(signature: Signature, call: Call, gives: Gives = "") -> str:
    """Return why a call that fits may yet not work, in words that follow the callee's name; "" for no reason."""
    plain = not signature.asynchronous and not signature.generator and not gives
    return (
        "is a plain function now, whose result may be no awaitable" if plain and call.use == "awaited" else ""
    )


def _argument_mismatches(signature: Signature, call: Call) -> Iterator[str]:
    parameters = signature.parameters
    kinds = {parameter.kind for parameter in parameters}
    places = [parameter for parameter in parameters if parameter.kind in ("positional", "either")]
    if "rest" not in kinds and call.positional > len(places):
        yield f"takes {len(places)} positional arguments, not {call.positional}"
    filled = {parameter.name for parameter in places[: call.positional]}
    named = {parameter.name for parameter in parameters if parameter.kind in ("either", "keyword")}
    for name in call.keywords:
        if name not in named and "keywords" not in kinds:
            yield f"has no parameter `{name}`"
        if name in filled and name in named:
            yield f"gets `{name}` twice"
    for parameter in parameters:
        by_name = parameter.name in call.keywords and parameter.kind != "positional"
        if (
            parameter.required
            and parameter.name not in filled
            and not by_name
            and not _may_be_starred(parameter, call)
        ):
            yield f"needs `{parameter.name}`"


def _may_be_starred(parameter: Parameter, call: Call) -> bool:
    """Return whether a starred argument may provide a parameter."""
    return (call.stars and parameter.kind != "positional") or (call.star and parameter.kind != "keyword")


def _result_mismatch(signature: Signature, call: Call) -> str:
    """Return why the kind of function does not allow what is done with its result."""
    if signature.asynchronous and not signature.generator:
        if call.use in ("iterated", "unpacked", "async-iterated", "entered", "async-entered", "read"):
            return "is a coroutine now and must be awaited"
        return "is a coroutine now, and this call never awaits it" if call.use == "dropped" else ""
    if signature.asynchronous and call.use in ("iterated", "unpacked"):
        return "is an asynchronous generator now: `async for`"
    if signature.asynchronous and call.use == "awaited":
        return "is an asynchronous generator now and cannot be awaited"
    if signature.generator and call.use in ("awaited", "async-iterated"):
        return f"is a generator and cannot be {'awaited' if call.use == 'awaited' else 'iterated with `async for`'}"
    if signature.generator and call.use in ("entered", "async-entered"):
        return "is a generator and no context manager"
    return ""


def _value_mismatch(call: Call, gives: Gives) -> str:
    """Return why what a plain function is known to return does not allow what is done with it."""
    if call.use == "awaited" and gives and gives != "deferred":
        return "is no coroutine now and cannot be awaited"
    if call.use == "async-iterated" and gives:
        return "gives nothing that `async for` can iterate"
    if call.use in ("iterated", "unpacked") and gives in ("nothing", "manager", "async-manager"):
        return (
            f"returns nothing to {'iterate' if call.use == 'iterated' else 'unpack'}"
            if gives == "nothing"
            else f"is a context manager and cannot be {call.use}"
        )
    if call.use == "read" and gives == "nothing":
        return "returns nothing"
    if call.use == "entered" and gives == "async-manager":
        return "is an asynchronous context manager now: `async with`"
    if call.use == "async-entered" and gives == "manager":
        return "is a plain context manager now: `with`"
    if call.use in ("entered", "async-entered") and gives in ("nothing", "value"):
        return "gives no context manager now"
    return ""

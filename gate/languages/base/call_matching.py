"""Whether a call fits a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.source import Call, Parameter, Signature


Gives = Literal["", "nothing", "value", "never", "deferred", "manager", "async-manager"]
"""What calling a plain function gives: see `Definition.gives`; a decorator may make it a manager or a `Deferred`."""


def mismatch(signature: Signature, call: Call, gives: Gives = "") -> str:
    """Why a call cannot work, in words that follow the callee's name; "" when it can."""
    return next(_arguments(signature, call), "") or _result(signature, call) or _given(call, gives)


def doubt(signature: Signature, call: Call, gives: Gives = "") -> str:
    """Why a call that fits may yet not work, in the same words."""
    plain = not signature.asynchronous and not signature.generator and not gives
    return (
        "is a plain function now, whose result may be no awaitable" if plain and call.use == "awaited" else ""
    )


def _arguments(signature: Signature, call: Call) -> Iterator[str]:
    given = signature.parameters
    kinds = {one.kind for one in given}
    places = [one for one in given if one.kind in ("positional", "either")]
    if "rest" not in kinds and call.positional > len(places):
        yield f"takes {len(places)} positional arguments, not {call.positional}"
    filled = {one.name for one in places[: call.positional]}
    named = {one.name for one in given if one.kind in ("either", "keyword")}
    for name in call.keywords:
        if name not in named and "keywords" not in kinds:
            yield f"has no parameter `{name}`"
        if name in filled and name in named:
            yield f"gets `{name}` twice"
    for one in given:
        by_name = one.name in call.keywords and one.kind != "positional"
        if one.required and one.name not in filled and not by_name and not _swallowed(one, call):
            yield f"needs `{one.name}`"


def _swallowed(one: Parameter, call: Call) -> bool:
    """Whether a starred argument may provide it."""
    return (call.stars and one.kind != "positional") or (call.star and one.kind != "keyword")


def _result(signature: Signature, call: Call) -> str:
    """What is done with the result, where the kind of function does not allow it."""
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


def _given(call: Call, gives: Gives) -> str:
    """The same where it is known what a plain function returns."""
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

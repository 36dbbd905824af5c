"""Which calls fit, in the words that follow the name of what is called."""

from __future__ import annotations

import pytest

from gate.languages.base.call_matching import Gives, doubt, mismatch
from gate.model.source import Call, Parameter, Signature

ONE_OR_TWO = Signature((Parameter("a"), Parameter("b", required=False)))
PLACE = Signature((Parameter("a", "positional"),))
PLACE_AND_ANY = Signature((Parameter("a", "positional"), Parameter("k", "keywords", required=False)))
NAMED = Signature((Parameter("a", "keyword"),))
ANY = Signature((Parameter("a", "rest", required=False), Parameter("k", "keywords", required=False)))
PLAIN = Signature()
COROUTINE = Signature(asynchronous=True)
GENERATOR = Signature(generator=True)
BOTH = Signature(asynchronous=True, generator=True)


@pytest.mark.parametrize(
    ("signature", "call", "expected"),
    [
        (ONE_OR_TWO, Call(1), ""),
        (ONE_OR_TWO, Call(2), ""),
        (ONE_OR_TWO, Call(3), "takes 2 positional arguments, not 3"),
        (ONE_OR_TWO, Call(0), "needs `a`"),
        (ONE_OR_TWO, Call(0, ("a",)), ""),
        (ONE_OR_TWO, Call(1, ("b",)), ""),
        (ONE_OR_TWO, Call(1, ("a",)), "gets `a` twice"),
        (ONE_OR_TWO, Call(1, ("c",)), "has no parameter `c`"),
        (ONE_OR_TWO, Call(star=True), ""),
        (ONE_OR_TWO, Call(stars=True), ""),
        (PLACE, Call(1), ""),
        (PLACE, Call(0, ("a",)), "has no parameter `a`"),
        (PLACE_AND_ANY, Call(0, ("a",)), "needs `a`"),
        (PLACE, Call(star=True), ""),
        (PLACE, Call(stars=True), "needs `a`"),
        (NAMED, Call(1), "takes 0 positional arguments, not 1"),
        (NAMED, Call(0, ("a",)), ""),
        (NAMED, Call(star=True), "needs `a`"),
        (NAMED, Call(stars=True), ""),
        (ANY, Call(9, ("x", "a")), ""),
        (ANY, Call(), ""),
    ],
)
def test_arguments(signature: Signature, call: Call, expected: str) -> None:
    assert mismatch(signature, call) == expected


@pytest.mark.parametrize(
    ("signature", "uses", "expected"),
    [
        (PLAIN, "dropped read iterated unpacked entered awaited async-iterated async-entered", ""),
        (COROUTINE, "awaited", ""),
        (COROUTINE, "dropped", "is a coroutine now, and this call never awaits it"),
        (
            COROUTINE,
            "iterated unpacked async-iterated entered async-entered read",
            "is a coroutine now and must be awaited",
        ),
        (BOTH, "dropped read", ""),
        (BOTH, "entered async-entered", "is a generator and no context manager"),
        (BOTH, "iterated unpacked", "is an asynchronous generator now: `async for`"),
        (BOTH, "awaited", "is an asynchronous generator now and cannot be awaited"),
        (GENERATOR, "iterated unpacked dropped read", ""),
        (GENERATOR, "awaited", "is a generator and cannot be awaited"),
        (GENERATOR, "async-iterated", "is a generator and cannot be iterated with `async for`"),
        (GENERATOR, "entered async-entered", "is a generator and no context manager"),
    ],
)
def test_what_is_done_with_the_result_of_a_kind_of_function(
    signature: Signature, uses: str, expected: str
) -> None:
    misfits = {use: mismatch(signature, Call(use=use)) for use in uses.split()}  # type: ignore[arg-type]

    assert misfits == dict.fromkeys(uses.split(), expected)


@pytest.mark.parametrize(
    ("gives", "uses", "expected"),
    [
        ("value", "iterated unpacked read dropped", ""),
        ("deferred", "awaited iterated", ""),
        ("manager", "entered read dropped", ""),
        ("async-manager", "async-entered read", ""),
        ("value", "awaited", "is no coroutine now and cannot be awaited"),
        ("nothing", "awaited", "is no coroutine now and cannot be awaited"),
        ("deferred", "async-iterated", "gives nothing that `async for` can iterate"),
        ("nothing", "iterated", "returns nothing to iterate"),
        ("nothing", "unpacked", "returns nothing to unpack"),
        ("nothing", "read", "returns nothing"),
        ("manager", "iterated", "is a context manager and cannot be iterated"),
        ("async-manager", "unpacked", "is a context manager and cannot be unpacked"),
        ("async-manager", "entered", "is an asynchronous context manager now: `async with`"),
        ("manager", "async-entered", "is a plain context manager now: `with`"),
        ("value", "entered async-entered", "gives no context manager now"),
        ("nothing", "entered async-entered", "gives no context manager now"),
    ],
)
def test_what_is_done_with_a_value(gives: Gives, uses: str, expected: str) -> None:
    misfits = {use: mismatch(PLAIN, Call(use=use), gives) for use in uses.split()}  # type: ignore[arg-type]

    assert misfits == dict.fromkeys(uses.split(), expected)


@pytest.mark.parametrize(
    ("signature", "call", "gives", "doubtful"),
    [
        (PLAIN, Call(use="awaited"), "", True),
        (PLAIN, Call(use="read"), "", False),
        (PLAIN, Call(use="awaited"), "deferred", False),
        (COROUTINE, Call(use="awaited"), "", False),
        (GENERATOR, Call(use="awaited"), "", False),
    ],
)
def test_awaiting_a_plain_function_is_doubtful(
    signature: Signature, call: Call, gives: Gives, doubtful: bool
) -> None:
    expected = "is a plain function now, whose result may be no awaitable" if doubtful else ""

    assert doubt(signature, call, gives) == expected

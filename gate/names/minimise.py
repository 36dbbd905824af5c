"""The fewest streams that still show something: the set that is left cannot lose a stream without losing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Proof = TypeVar("Proof")


def smallest(
    names: Sequence[str], near: Sequence[str], proof_of: Callable[[Sequence[str]], Proof | None]
) -> tuple[tuple[str, ...], Proof] | None:
    """Drop one name after another as long as the rest still proves it; None when not even all of them do.

    All names that are not `near` go first, at once: they are seldom part of it.
    """
    kept, proof = list(near), proof_of(near)
    if proof is None:
        kept, proof = list(names), proof_of(names)
    if proof is None:
        return None
    for name in list(kept):
        fewer = [member for member in kept if member != name]
        narrowed = proof_of(fewer)
        if narrowed is not None:
            kept, proof = fewer, narrowed
    return tuple(kept), proof

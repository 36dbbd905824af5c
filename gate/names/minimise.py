"""The fewest streams that still show something: what is left cannot lose one of them without losing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Proof = TypeVar("Proof")


def smallest(
    names: Sequence[str], near: Sequence[str], proof_of: Callable[[Sequence[str]], Proof | None]
) -> tuple[tuple[str, ...], Proof] | None:
    """Drop one stream after another as long as the others still prove it; None when not even all of them do.

    All that are not `near` go first, at once: they are seldom part of it.
    """
    kept, proof = list(near), proof_of(near)
    if proof is None:
        kept, proof = list(names), proof_of(names)
    if proof is None:
        return None
    for name in list(kept):
        fewer = [other for other in kept if other != name]
        narrowed = proof_of(fewer)
        if narrowed is not None:
            kept, proof = fewer, narrowed
    return tuple(kept), proof

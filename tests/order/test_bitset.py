"""Sets of small numbers as masks."""

from __future__ import annotations

from gate.order.bitset import mask_of, members


def test_members_come_smallest_first() -> None:
    assert list(members(0b101101)) == [0, 2, 3, 5]


def test_the_empty_set_has_no_members() -> None:
    assert list(members(0)) == []
    assert mask_of(()) == 0


def test_a_mask_has_a_bit_for_each_number() -> None:
    assert mask_of([3, 0, 3]) == 0b1001

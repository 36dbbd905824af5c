"""A swap: one resident offers a shift to another."""

from dataclasses import dataclass


@dataclass
class Swap:
    giver: str
    taker: str
    shift: str
    accepted: bool = False

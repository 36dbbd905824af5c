"""Swaps: two residents trade a shift."""

from app.models.swap import Swap
from app.services import notification_service

CHIEF = "chief-resident"


def request(giver: str, taker: str, shift: str) -> Swap:
    """Ask `taker` to work a shift instead of `giver`."""
    swap = Swap(giver=giver, taker=taker, shift=shift)
    notification_service.notify(CHIEF, f"{giver} and {taker} want to trade {shift}")
    notification_service.notify(taker, f"{giver} asks you to take {shift}")
    return swap


def accept(swap: Swap) -> None:
    """The taker agrees; the shift is theirs."""
    swap.accepted = True
    notification_service.notify(swap.giver, f"{swap.taker} takes {swap.shift}")

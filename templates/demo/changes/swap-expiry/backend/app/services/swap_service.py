"""Swaps: two residents trade a shift."""

from datetime import timedelta

from app.models.swap import Swap
from app.services import clock, notification_service

LIFETIME = timedelta(days=2)


def request(giver: str, taker: str, shift: str) -> Swap:
    """Ask `taker` to work a shift instead of `giver`."""
    swap = Swap(giver=giver, taker=taker, shift=shift, expires=clock.now() + LIFETIME)
    notification_service.notify(taker, f"{giver} asks you to take {shift}")
    return swap


def accept(swap: Swap) -> None:
    """The taker agrees; the shift is theirs."""
    swap.accepted = True
    notification_service.notify(swap.giver, f"{swap.taker} takes {swap.shift}")

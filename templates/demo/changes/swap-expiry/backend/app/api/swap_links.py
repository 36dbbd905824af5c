"""Links in notifications: a swap is accepted at a click."""

from app.models.swap import Swap


def accept_link(swap: Swap) -> str:
    """Where the taker says yes."""
    return f"/swaps/{swap.shift}/accept?until={swap.expires:%Y-%m-%dT%H:%M}"


def decline_link(swap: Swap) -> str:
    """Where the taker says no."""
    return f"/swaps/{swap.shift}/decline"

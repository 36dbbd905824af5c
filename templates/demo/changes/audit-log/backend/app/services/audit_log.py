"""The record that proves compliance: who did what, and when. Entries are added and never changed."""

from datetime import UTC, datetime

entries: list[tuple[datetime, str, str]] = []


def swap_lapsed(shift: str) -> None:
    """Nobody took the shift in time."""
    record("swap.lapsed", shift)


def record(event: str, subject: str) -> None:
    """Add an entry."""
    entries.append((datetime.now(UTC), event, subject))


def since(moment: datetime) -> list[tuple[datetime, str, str]]:
    """Everything that happened from a moment on."""
    return [entry for entry in entries if entry[0] >= moment]

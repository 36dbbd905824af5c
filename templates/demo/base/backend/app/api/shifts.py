"""GET /shifts: the board."""

from app.models.shift import Shift


def get_shifts(shifts: list[Shift]) -> list[dict[str, str]]:
    """All shifts, as the board shows them."""
    return [{"id": shift.id, "unit": shift.unit, "start": shift.start.isoformat()} for shift in shifts]

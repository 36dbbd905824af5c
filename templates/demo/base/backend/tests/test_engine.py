from datetime import datetime

from app.models.shift import Shift
from app.scheduling.engine import build


def test_hours_are_shared() -> None:
    shifts = [Shift(str(day), "ward", datetime(2026, 1, day), 12) for day in (1, 2, 3, 4)]
    assert sorted(build(shifts, ["ada", "ben"]).values()) == ["ada", "ada", "ben", "ben"]

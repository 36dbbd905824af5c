"""A shift: a unit, a beginning, a length."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Shift:
    id: str
    unit: str
    start: datetime
    hours: int

"""The time on the wall of the clinic."""

from datetime import datetime
from zoneinfo import ZoneInfo

CLINIC = ZoneInfo("America/Chicago")


def now() -> datetime:
    """This moment, where the clinic is."""
    return datetime.now(CLINIC)

"""Builds the schedule: who works which shift."""

from app.models.shift import Shift
from app.scheduling import night_float, weekend_call
from app.scheduling.acgme_validator import violations
from app.services import audit_log


def build(shifts: list[Shift], residents: list[str]) -> dict[str, str]:
    """Give each shift the resident with the fewest hours so far."""
    hours = dict.fromkeys(residents, 0)
    schedule = {}
    for shift in sorted(shifts, key=lambda shift: shift.start):
        chosen = min(residents, key=hours.__getitem__)
        hours[chosen] += shift.hours
        schedule[shift.id] = chosen
    return schedule


def commit_schedule(schedule: dict[str, str], hours: dict[str, list[int]]) -> None:
    """Make a schedule the one that holds, if it keeps to the duty-hour rules."""
    broken = [line for resident in hours for line in violations(resident, hours[resident])]
    if broken:
        raise ValueError("; ".join(broken))
    audit_log.record("schedule.committed", str(len(schedule)))

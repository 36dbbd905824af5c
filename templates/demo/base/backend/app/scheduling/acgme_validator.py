"""Holds a schedule against the duty-hour rules. Nothing is committed that fails here."""

from app.scheduling.constraints.acgme import AVERAGED_WEEKS, WEEKLY_HOURS


def violations(resident: str, weeks: list[int]) -> list[str]:
    """What is wrong with a resident's hours, week by week; empty when nothing is."""
    found = []
    for start in range(len(weeks) - AVERAGED_WEEKS + 1):
        average = sum(weeks[start : start + AVERAGED_WEEKS]) / AVERAGED_WEEKS
        if average > WEEKLY_HOURS:
            found.append(f"{resident}: {average:.1f} hours a week from week {start + 1}")
    return found

"""The monthly report to the accreditation council."""

from app.scheduling.acgme_validator import violations


def lines(hours: dict[str, list[int]]) -> list[str]:
    """One line for each violation, by resident."""
    return [line for resident in sorted(hours) for line in violations(resident, hours[resident])]

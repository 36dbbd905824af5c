"""Who is qualified to work where."""

CREDENTIALS = {"icu": {"acls", "icu-rotation"}, "ward": {"bls"}}


def may_work(resident_credentials: set[str], unit: str) -> bool:
    """Whether a resident holds all a unit asks for."""
    return CREDENTIALS[unit] <= resident_credentials

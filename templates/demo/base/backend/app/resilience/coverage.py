"""What to do when somebody falls ill: the smallest change that keeps every unit covered."""


def replacement(unit: str, free: list[str], credentials: dict[str, set[str]]) -> str | None:
    """A free resident who may work on the unit; None when there is nobody."""
    return next((resident for resident in free if unit in credentials[resident]), None)

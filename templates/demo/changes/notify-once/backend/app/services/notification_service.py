"""Messages to residents, sent a minute later in one go."""

outbox: list[tuple[str, str]] = []


def notify(person: str, text: str) -> None:
    """Tell somebody something."""
    if (person, text) not in outbox:
        outbox.append((person, text))

"""GET /audit: what the auditors see."""

from datetime import datetime

from app.services import audit_service


def get_audit(since: datetime) -> list[dict[str, str]]:
    """Everything that happened from a moment on, oldest first."""
    return [{"when": when.isoformat(), "event": event} for when, event, _ in audit_service.since(since)]

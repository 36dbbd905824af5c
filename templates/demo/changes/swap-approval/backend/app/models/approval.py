"""The chief resident's word on a swap."""

from dataclasses import dataclass
from datetime import datetime

from app.services import clock


@dataclass
class Approval:
    shift: str
    approved_by: str | None = None
    approved_at: datetime | None = None

    def approve(self, chief: str) -> None:
        self.approved_by = chief
        self.approved_at = clock.now()

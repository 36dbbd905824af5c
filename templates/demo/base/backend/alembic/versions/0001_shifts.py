"""Shifts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("start", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("shifts")

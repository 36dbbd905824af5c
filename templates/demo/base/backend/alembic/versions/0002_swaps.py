"""Swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "swaps",
        sa.Column("giver", sa.String, nullable=False),
        sa.Column("taker", sa.String, nullable=False),
        sa.Column("shift", sa.String, sa.ForeignKey("shifts.id")),
    )


def downgrade() -> None:
    op.drop_table("swaps")

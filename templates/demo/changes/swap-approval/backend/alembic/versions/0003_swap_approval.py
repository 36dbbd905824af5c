"""The chief resident approves swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0003_approval"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("shift", sa.String, sa.ForeignKey("shifts.id"), primary_key=True),
        sa.Column("approved_by", sa.String),
    )


def downgrade() -> None:
    op.drop_table("approvals")

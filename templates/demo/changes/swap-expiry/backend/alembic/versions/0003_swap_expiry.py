"""Swap requests lapse."""

import sqlalchemy as sa
from alembic import op

revision = "0003_expiry"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("swaps", sa.Column("expires", sa.DateTime))


def downgrade() -> None:
    op.drop_column("swaps", "expires")

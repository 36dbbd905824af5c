"""What the operations of Alembic take: `alembic/operations/ops.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.operations import Verb

PARAMETERS: dict[str, tuple[str, ...]] = {
    "create_table": ("table_name",),
    "drop_table": ("table_name",),
    "rename_table": ("old_table_name", "new_table_name"),
    "add_column": ("table_name", "column"),
    "drop_column": ("table_name", "column_name"),
    "alter_column": ("table_name", "column_name"),
    "create_index": ("index_name", "table_name", "columns"),
    "drop_index": ("index_name", "table_name"),
    "create_unique_constraint": ("constraint_name", "table_name", "columns"),
    "create_check_constraint": ("constraint_name", "table_name", "condition"),
    "create_exclude_constraint": ("constraint_name", "table_name"),
    "create_primary_key": ("constraint_name", "table_name", "columns"),
    "create_foreign_key": (
        "constraint_name",
        "source_table",
        "referent_table",
        "local_cols",
        "remote_cols",
    ),
    "drop_constraint": ("constraint_name", "table_name", "type_"),
    "bulk_insert": ("table", "rows"),
    "execute": ("sqltext",),
}
TABLE = ("table_name", "source_table", "old_table_name")
"""How the parameter is called that names the table."""
GUARDS = ("if_exists", "if_not_exists")
HARMLESS = frozenset(
    {
        "f",
        "get_bind",
        "get_context",
        "inline_literal",
        "implementation",
        "batch_alter_table",
        "invoke",
        "register_operation",
        "create_table_comment",
        "drop_table_comment",
        "autocommit_block",
    }
)
ADDED: dict[str, Verb] = {
    "create_unique_constraint": "add constraint",
    "create_check_constraint": "add constraint",
    "create_exclude_constraint": "add constraint",
    "create_primary_key": "add constraint",
    "create_foreign_key": "add constraint",
    "create_index": "add index",
    "drop_constraint": "drop constraint",
    "drop_index": "drop index",
}
"""What calls do to constraints and indexes."""

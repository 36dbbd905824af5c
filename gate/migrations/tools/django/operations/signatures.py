"""What the operations of Django take: `db/migrations/operations/`."""

from __future__ import annotations

_FIELD = ("model_name", "name", "field", "preserve_default")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "CreateModel": ("name", "fields", "options", "bases", "managers"),
    "DeleteModel": ("name",),
    "RenameModel": ("old_name", "new_name"),
    "AddField": _FIELD,
    "AlterField": _FIELD,
    "RemoveField": ("model_name", "name"),
    "RenameField": ("model_name", "old_name", "new_name"),
    "AddIndex": ("model_name", "index"),
    "AddIndexConcurrently": ("model_name", "index"),
    "RemoveIndex": ("model_name", "name"),
    "RemoveIndexConcurrently": ("model_name", "name"),
    "AddConstraint": ("model_name", "constraint"),
    "AddConstraintNotValid": ("model_name", "constraint"),
    "RemoveConstraint": ("model_name", "name"),
    "AlterUniqueTogether": ("name", "unique_together"),
    "AlterIndexTogether": ("name", "index_together"),
    "AlterModelOptions": ("name", "options"),
    "AlterModelTable": ("name", "table"),
    "AlterOrderWithRespectTo": ("name", "order_with_respect_to"),
    "RunPython": ("code", "reverse_code"),
    "RunSQL": ("sql", "reverse_sql", "state_operations"),
    "SeparateDatabaseAndState": ("database_operations", "state_operations"),
}
OPTIONS = {
    "AlterUniqueTogether": "unique_together",
    "AlterIndexTogether": "index_together",
    "AlterModelOptions": "options",
    "AlterModelTable": "db_table",
    "AlterOrderWithRespectTo": "order_with_respect_to",
}
HARMLESS = frozenset(
    {
        "AlterModelManagers",
        "ValidateConstraint",
        "RenameIndex",
        "TrigramExtension",
        "UnaccentExtension",
        "CITextExtension",
        "HStoreExtension",
        "BtreeGinExtension",
        "BtreeGistExtension",
        "CryptoExtension",
        "BloomExtension",
        "CreateExtension",
        "CreateCollation",
        "RemoveCollation",
        "AlterModelTableComment",
    }
)

"""Names across Python files."""

"""Names across JavaScript and TypeScript files."""

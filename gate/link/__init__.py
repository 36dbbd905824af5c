"""Names across files: which module a dotted name is, and what a name in it stands for. Pure; facts come on demand."""

"""The hook protocols of coding agents: one module a tool, that reads its question and writes the answer."""

"""What several languages use: symbols, uses, trees, calls, the linker of typed languages."""

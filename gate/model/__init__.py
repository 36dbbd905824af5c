"""The nouns: frozen, typed values that every stage takes and returns. Nothing here does input or output."""

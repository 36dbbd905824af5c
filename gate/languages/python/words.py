"""What the text of a Python file may do with a word that is the name of a member."""

from __future__ import annotations

import re

from gate.languages.base.language import WordPatterns


def word_patterns(name: str) -> WordPatterns:
    """Return the patterns of a word that is an identifier."""
    word = re.escape(name.encode())
    option = word.replace(b"_", b"-") if b"_" in word else b"(?!)"
    return WordPatterns(
        # Not a member, one that is set, one of a mock, or an option of a command line that becomes one.
        other_use=re.compile(
            rb"(?<!\.)\b%s\b|\b%s\s*=(?!=)|\b%s\.(?:return_value|side_effect|assert_|call|mock)|\b%s\b"
            % (word, word, word, option)
        ),
        definition=re.compile(rb"\bdef\s+%s\b" % word),
        binding=re.compile(rb"\b%s\b\s*(?::[^=\n]*)?=(?!=)|\bclass\s+%s\b" % (word, word)),
        endings=(".py",),
    )

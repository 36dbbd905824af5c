"""Attributes of Rust items, as text: `#[derive(Debug)] #[cfg(unix)]`."""

from __future__ import annotations

import re

from gate.model.source import words

_CONDITION = re.compile(r"\bcfg\s*\((?!\s*test\s*\))")
_DERIVED = re.compile(r"\bderive\s*\(([^)]*)\)")
_NAME = re.compile(r"#\[\s*([A-Za-z_]+)")
_HARMLESS = words(
    "inline must_use allow deny warn expect doc derive cfg cfg_attr deprecated test track_caller cold "
    "non_exhaustive repr tokio instrument tracing ignore should_panic serde rustfmt default target_feature "
    "no_mangle automatically_derived"
)
"""Attributes that leave parameters and fields as they are."""
STANDARD_TRAITS = words(
    "Debug Clone Copy PartialEq Eq PartialOrd Ord Hash Default Display From Into TryFrom FromStr Drop Error "
    "Iterator Send Sync AsRef Add Sub Mul Div Not Neg Index IndexMut Extend FromIterator IntoIterator Borrow "
    "Write Read fmt::Display fmt::Debug std::fmt::Display std::fmt::Debug std::error::Error Serialize "
    "Deserialize Unpin Sized"
)
"""Traits whose members are not looked for in types."""


def is_conditional(attributes: str) -> bool:
    """Return whether an item is compiled under a condition other than `test`."""
    return _CONDITION.search(attributes) is not None


def is_plain(attributes: str) -> bool:
    """Return whether no attribute may change what an item is."""
    return set(_NAME.findall(attributes)) <= _HARMLESS


def derived(attributes: str) -> tuple[str, ...]:
    """Return the last names of the traits that are derived for a type."""
    names = (
        name.strip().rpartition("::")[2]
        for traits in _DERIVED.findall(attributes)
        for name in traits.split(",")
    )
    return tuple(filter(None, names))


def makes_members(attributes: str) -> bool:
    """Return whether a type may have members that its text does not show."""
    return not is_plain(attributes) or not STANDARD_TRAITS.issuperset(derived(attributes))

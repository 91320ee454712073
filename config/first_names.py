"""First names from the countries that London's families come from, out of a library's lists.

A list of our own cannot hold them: of ten people whom two strangers made up, six bore a name that it lacked.
"""

from __future__ import annotations

from importlib import import_module

LOCALES = (
    *("en", "en_GB", "en_IE", "en_IN", "en_KE", "en_NG", "en_NZ", "en_PK"),
    *("cs_CZ", "de_DE", "es_ES", "fr_DZ", "fr_FR", "ha_NG", "hr_HR", "hu_HU", "ig_NG", "it_IT", "lt_LT", "nl_NL"),
    *("pl_PL", "pt_BR", "pt_PT", "ro_RO", "sk_SK", "sv_SE", "sw", "tr_TR", "tw_GH", "yo_NG"),
)
"""Those that the library writes in Latin letters. Each is read at every start."""


def first_names() -> frozenset[str]:
    """Some 13,000 first names as they are written, with accents. Raises `ImportError` when a locale has gone."""
    from faker.providers import person  # by whoever reads the lists, and not at every start of the command line

    return frozenset(name for locale in LOCALES for name in _names_of(f"{person.__name__}.{locale}"))


def _names_of(module: str) -> frozenset[str]:
    provider = import_module(module).Provider
    lists = (getattr(provider, key) for key in vars(provider) if key.startswith("first_names"))
    # A list is a tuple, or the names with how often each is given.
    return frozenset(name for listed in lists if isinstance(listed, (tuple, list, dict)) for name in listed)

"""Tests mirror the rooms. A package, because one of the libraries installs a `tests` package of its own."""

"""The ledger of what is owed to whom: planned from the facts, checked at the moment of sending, recorded for ever.

The promise is design.md section 5: no owed notice is ever lost, none is knowingly delivered twice, and every
uncertain one is on a list that a person can see.
"""

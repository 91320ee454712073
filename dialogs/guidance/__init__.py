"""Guidance: articles shown, the thresholds walked through, and the dates of an escalation."""

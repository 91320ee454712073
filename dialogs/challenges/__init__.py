"""Challenges between agencies: logged, answered by a date, ended, and what difference they made."""

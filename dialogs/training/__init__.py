"""Training: courses and their dates, places taken and given back, evaluations and certificates."""

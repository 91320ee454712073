"""Speed, as ratios against a baseline that runs beside it. Never a test: machines differ."""

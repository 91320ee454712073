"""How well messages are understood, measured on questions with known answers, beside plain baselines."""

"""What to say: typed words and card presses in, replies out. Knows no database and no chat SDK."""

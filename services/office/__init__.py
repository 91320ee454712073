"""What the learning and development office does with sessions: it runs them, and nobody else may."""

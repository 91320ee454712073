"""Questions put to a person: asked, taken, answered, and who answers for what."""

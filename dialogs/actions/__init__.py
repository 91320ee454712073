"""Action plans: what owners do with their items, and what the manager decides about them."""

"""The partnership as data, and how the product is set up. Knows no rule of services, no chat and no database."""

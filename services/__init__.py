"""Everything the product knows: rules, records, delivery. No chat, no web server, no clock of its own."""

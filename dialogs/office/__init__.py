"""What the learning and development office does in chat, and the trainer on the day. Roles decide, not cards."""

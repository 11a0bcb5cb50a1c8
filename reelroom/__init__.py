"""The owner's command: it starts a room's processes, keeps them up, and makes keys."""

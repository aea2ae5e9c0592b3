"""A small invented city that speaks the real protocols; it imports nothing of ours, so the real connectors work."""

"""Who is asking and what they may: below every room that asks."""

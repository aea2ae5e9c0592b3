"""Pure meaning: no Dash, no SQL, no clock, no settings."""

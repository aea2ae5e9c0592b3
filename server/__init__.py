"""Flask around Dash: the gate, sign-in, the live stream, health."""

"""One file per receiver: project and deliver; keeps nothing."""

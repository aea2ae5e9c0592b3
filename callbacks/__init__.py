"""One file per noun; each callback asks, computes, draws."""

"""One file per wall scene: ask, compute, draw; only the worker calls them."""

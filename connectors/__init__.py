"""One file per source: fetch and parse; stores nothing."""

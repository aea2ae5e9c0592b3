"""One file per address: register_page and an empty frame."""

"""The only room that knows the database; every question takes the principal."""

"""Pure drawing: values in, Dash tree out."""

"""The page of options."""

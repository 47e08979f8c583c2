"""Machine-readable answers."""

"""Places side events, and says why they cannot all be placed."""

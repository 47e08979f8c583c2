"""The annex laid out on A4 landscape, for every medium that has pages: what stands in which cell, and how high."""

"""Side events: where each may stand, and the judge of where they stand."""

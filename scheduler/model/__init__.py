"""The CP-SAT model of a programme: views that rules ask, conditions that they post."""

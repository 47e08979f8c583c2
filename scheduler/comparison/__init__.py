"""Options side by side: criteria in a planner's units, who is better where, and what moves from one to the other."""

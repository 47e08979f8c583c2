"""The contract of the rules in ``constraints/``: what a rule is, what it may ask, how it is counted."""

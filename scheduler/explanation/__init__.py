"""Explains why nothing fits, why a session is where it is, what each rule costs; and verifies certificates.

``members`` lists what a planner can give way on, ``oracle`` asks the solver about sets of members, ``conflict`` finds a
smallest set that cannot hold together, ``repairs`` the cheapest ways out (rules given up, or ``adjustable`` numbers
changed), and ``impossible`` puts all this together.
"""

"""Why: impossible, in the planner's words; why here; what each rule costs; and what anyone can verify of it.

``members`` says what a planner can give way on, ``oracle`` asks the solver about sets of them, ``conflict`` finds the
smallest set that cannot hold together, ``arithmetic`` says it in hours where that suffices, ``repairs`` finds the
cheapest ways out (rules given up, or ``numbers`` set otherwise), and ``impossible`` puts it all together.
"""

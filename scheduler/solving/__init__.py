"""From a scenario to an answer that is proved: the search, the second engine, the counted formulation."""

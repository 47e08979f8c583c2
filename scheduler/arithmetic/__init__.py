"""The arithmetic that needs no solver: "27 h are asked for, 24 h exist: 3 h too much"."""

"""The invitation: the facts it states, its words, the covering message and the deadlines. No medium, no library."""

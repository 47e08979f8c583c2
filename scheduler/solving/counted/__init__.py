"""Large programmes with many rooms in parallel: a conference, its exact cost, and an engine that counts talks."""

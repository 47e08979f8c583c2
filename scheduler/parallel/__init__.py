"""Large programmes with many rooms in parallel: a conference as data, its exact cost, and an engine that counts talks."""

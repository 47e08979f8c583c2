"""Large programmes with many rooms in parallel: a search that counts what nothing tells apart."""

"""What comes in: scenarios in YAML, their tables, and every mistake with its place and a remedy."""

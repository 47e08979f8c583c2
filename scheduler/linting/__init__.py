"""Reads a letter and holds its parts against one another: text with places, then facts, then checks."""

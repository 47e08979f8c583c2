"""The annex as a PDF that a screen reader can read."""

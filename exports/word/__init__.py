"""Word files: the annex, and the letter with its annex. They need the extra ``word``."""

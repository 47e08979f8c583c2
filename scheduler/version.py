"""Which version this is, in a module that imports nothing, so that each other can ask it."""

__version__ = "0.2.0"

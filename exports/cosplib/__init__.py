"""The layout of the public benchmark CoSPLib."""

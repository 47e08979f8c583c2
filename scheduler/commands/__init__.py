"""The commands of ``schedule``, one a file: parse, call, print, exit."""

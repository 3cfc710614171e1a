"""The command line: one file for each command, and the places where ports meet their implementations."""

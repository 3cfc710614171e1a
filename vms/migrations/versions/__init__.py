"""One file for each revision of the control database, in order."""

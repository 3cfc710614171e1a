"""Papers that wait for a number of EBYS: handed over, asked for, taken over."""

"""How the node is: for people, for monitoring, for machines."""

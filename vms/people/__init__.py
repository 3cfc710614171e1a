"""People who use the system: their accounts, their open sessions."""

"""What people arranged to watch: saved views, tours."""

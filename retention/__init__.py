"""The engine that deletes what may be deleted, nothing else."""

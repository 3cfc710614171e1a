"""What `vms doctor` looks at."""

"""What runs by the clock within `vms jobs`."""

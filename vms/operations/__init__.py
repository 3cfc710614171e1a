"""What the node watches about itself: alarms, capacity, sweeps."""

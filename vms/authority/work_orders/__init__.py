"""Work orders, by which technicians see."""

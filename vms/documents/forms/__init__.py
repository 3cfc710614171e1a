"""What each form is filled with."""

"""What commands are put together of: desks, examiners, services."""

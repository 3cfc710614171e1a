"""What waits for whom, told in the console and by e-mail."""

"""What everybody who watches has to know, and who has said that they do."""

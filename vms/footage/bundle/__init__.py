"""From an order and the archive to one file that proves itself; knows no database."""

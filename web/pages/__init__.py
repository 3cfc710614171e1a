"""What a browser loads that is no API: the console, the query page, what is missing."""

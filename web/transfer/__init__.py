"""What requests and answers have to obey on their way: bounds, ranges, origins, cookies."""

"""What those who write programs against the house read: its operations and its refusals."""

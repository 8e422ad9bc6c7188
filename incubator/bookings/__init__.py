"""What can happen to a booking: a file for each verb, the rules apart and pure."""

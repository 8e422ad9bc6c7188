"""What came of it: sums over the bundle for those who answer for it, never who booked."""

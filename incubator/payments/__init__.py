"""What is owed and how it was paid. `stripe/` is one way to pay; it knows charges by their number alone."""

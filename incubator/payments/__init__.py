"""What is owed, how it was paid, what went back. A charge is owed for a subject that is named by its kind and id
alone; what happens when it is paid, or is not in time, stands in `features.py`. Each verb posts to the ledger in
its transaction."""

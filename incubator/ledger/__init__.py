"""The books of each gmina: double entry, only ever added to. Knows no booking and no payment: whoever owes,
pays or gives back posts here in the transaction that does it. A balance is a sum, never a number that is kept."""

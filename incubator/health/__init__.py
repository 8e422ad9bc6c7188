"""Whether the house is well: for the one who starts it, the one in front of it, the one who watches."""

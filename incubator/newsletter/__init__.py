"""The newsletter: what is sent to whom who asked for it, once."""

"""The call of an edition and the applications that answer it."""

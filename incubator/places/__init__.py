"""Where: gminas, their incubators, the spaces in them, opening hours and closures."""

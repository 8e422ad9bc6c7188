"""Passes that are bought: so many minutes of rooms or days at desks, paid ahead, drawn before anything is charged."""

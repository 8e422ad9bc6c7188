"""Mentors: who they are, when they can be met, what came of it."""

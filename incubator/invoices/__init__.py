"""Invoices: what a gmina gives for what was charged, numbered without gaps, corrected, ready for KSeF."""

"""The directory of entrepreneurs: profiles of companies that asked to be found."""

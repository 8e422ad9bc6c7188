"""What the house costs, side by side with yardsticks of the same run. `make bench` prints a table
and writes it as JSON; ratios, because machines are noisy. See docs/benchmark.md."""

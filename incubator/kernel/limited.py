"""What the process of kernel/apart.py runs: the program that it is told, with little time and memory.

It imports nothing of the house, so it knows nothing that a hostile file could carry away.
"""

import os
import resource
import sys
from importlib.util import module_from_spec, spec_from_file_location


def main() -> None:
    program, cpu_seconds, memory = sys.argv[1:]
    named = spec_from_file_location("program", program)
    assert named is not None and named.loader is not None
    module = sys.modules[named.name] = module_from_spec(named)
    named.loader.exec_module(module)
    os.nice(10)  # who waits for a page comes first
    limit(int(cpu_seconds), int(memory))
    module.main()


def limit(cpu_seconds: int, memory: int) -> None:
    """Whatever a file makes a library do, it ends soon and writes nowhere."""
    bounds = {resource.RLIMIT_CPU: cpu_seconds, resource.RLIMIT_AS: memory, resource.RLIMIT_NOFILE: 64}
    for what, most in {**bounds, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}.items():
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()

"""The loop, one module a step. Each has `run(context)`."""

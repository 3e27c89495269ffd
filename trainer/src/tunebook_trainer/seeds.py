"""One start of chance for each step, so that cell by cell and all at once give the same adapter."""

from collections.abc import Callable


def start_chance(seed: int) -> None:
    """Seeds Python, NumPy and torch."""
    from transformers import set_seed

    set_seed(seed)


def remember_chance() -> Callable[[], None]:
    """What brings it back to where it is now."""
    import random

    import numpy
    import torch

    python, arrays, cpu = random.getstate(), numpy.random.get_state(), torch.random.get_rng_state()
    gpus = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []

    def restore() -> None:
        random.setstate(python)
        numpy.random.set_state(arrays)
        torch.random.set_rng_state(cpu)
        if gpus:
            torch.cuda.set_rng_state_all(gpus)

    return restore

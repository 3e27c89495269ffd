"""One start of chance for each step, so that cell by cell and all at once give the same adapter."""


def start_chance(seed: int) -> None:
    """Seeds Python, NumPy and torch."""
    from transformers import set_seed

    set_seed(seed)

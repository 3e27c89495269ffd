"""Why PyTorch, built for GPUs, uses none although one is there."""

from pathlib import Path

from .classify_accelerator import DRIVER


def gpu_trouble() -> str | None:
    """In the words of PyTorch; None where it can, where it was built without CUDA, or where there is no GPU."""
    import torch

    if torch.version.cuda is None or torch.cuda.is_available():
        return None
    try:
        torch.cuda.init()
    except (RuntimeError, AssertionError) as error:
        # "No CUDA GPUs are available", "Found no NVIDIA driver": no GPU, or none that CUDA_VISIBLE_DEVICES lets it see
        there = DRIVER.search(str(error)) or Path("/proc/driver/nvidia/version").exists()
        return str(error) if there and "No CUDA GPUs" not in str(error) else None
    return None

"""Whether a model of this size finds room, and on what it is computed."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..failures import StepError

if TYPE_CHECKING:
    import torch

BYTES = 2  # of a parameter in 16 bits
# Tokenizer, card and the file system's own.
DISK_SHARE, DISK_BYTES = 1.02, 32 * 2**20
# Merging holds one weight twice, in float32 while it is added up; a forward of short prompts takes little more.
MEMORY_SHARE = 1.25


def measure(parameters: int, device_map: str, target: Path) -> "tuple[torch.device, dict[str, Any]]":
    """The device, and the fields of a `plan`. Raises StepError if the disk is too small."""
    import psutil
    import torch

    from ..devices import pick_device

    weights = parameters * BYTES
    needed = int(weights * MEMORY_SHARE)
    device = pick_device(device_map)
    if device.type == "mps" or (device.type == "cuda" and torch.cuda.mem_get_info(device)[0] < needed):
        # What was trained in 4 bits on a small GPU is larger in 16: the machine's own memory has more room.
        device = torch.device("cpu") if device_map == "auto" else device
    on_gpu = device.type == "cuda"
    free = torch.cuda.mem_get_info(device)[0] if on_gpu else psutil.virtual_memory().available
    return device, {
        "device": device.type,
        "weightsBytes": weights,
        "neededMemoryBytes": needed,
        "freeMemoryBytes": free,
        "freeDiskBytes": _disk(int(weights * DISK_SHARE) + DISK_BYTES, target),
    }


def _disk(needed: int, target: Path) -> int:
    place = target
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < needed:
        raise StepError(
            "diskFull",
            f"{place} has {free / 1e9:.1f} GB left, the merged model takes {needed / 1e9:.1f} GB.",
            path=str(target),
            requiredBytes=needed,
            freeBytes=free,
        )
    return free

"""What the run is computed on."""

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .failures import StepError

if TYPE_CHECKING:
    import torch

_chosen_gpu: str | None = None


def restrict_gpus(device_map: str) -> None:
    """
    Lets torch see one GPU: with more, transformers wraps the model in DataParallel (TrainingArguments.n_gpu), and
    accelerate puts batches on cuda:0 whatever device the model is on. Works only before torch first touches CUDA.
    Raises StepError if this process already uses another GPU.
    """
    global _chosen_gpu
    if device_map in ("cpu", "mps"):
        return
    index = gpu_index(device_map)
    if _chosen_gpu is None:
        visible = os.environ.get("CUDA_VISIBLE_DEVICES")
        names = visible.split(",") if visible is not None else [str(number) for number in range(index + 1)]
        if index >= len(names):
            raise StepError(
                "invalidRecipe",
                f"device_map: {device_map}, but CUDA_VISIBLE_DEVICES={visible} has {len(names)} GPUs.",
                ["model", "device_map"],
                value=device_map,
            )
        os.environ["CUDA_VISIBLE_DEVICES"] = names[index]
        _chosen_gpu = str(index)
    elif _chosen_gpu != str(index) and device_map.startswith("cuda:"):
        raise StepError(
            "invalidRecipe",
            f"This trainer already uses cuda:{_chosen_gpu}: restart it to use {device_map}.",
            ["model", "device_map"],
            value=device_map,
        )


def gpu_index(device_map: str) -> int:
    """0 for auto and cuda, n for cuda:n. Raises StepError for another word."""
    if device_map in ("auto", "cuda"):
        return 0
    kind, _, number = device_map.partition(":")
    if kind == "cuda" and number.isdecimal():
        return int(number)
    raise StepError(
        "invalidRecipe",
        f"device_map: {device_map} is none of auto, cuda, cuda:0, mps, cpu.",
        ["model", "device_map"],
        value=device_map,
    )


def pick_device(device_map: str) -> "torch.device":
    """The best single device for auto, else the one asked for. Raises StepError if it isn't there."""
    import torch

    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if device_map == "auto":
        return torch.device("cuda:0" if cuda else "mps" if mps else "cpu")
    wanted = device_map.partition(":")[0]
    if wanted == "cuda" and not cuda and torch.version.cuda is not None:
        torch.cuda.init()  # raises what is wrong: no GPU, a driver that is too old
    if (wanted == "cuda" and not cuda) or (wanted == "mps" and not mps):
        raise StepError(
            "invalidRecipe",
            f"device_map: {device_map}, but PyTorch {torch.__version__} sees no such device here.",
            ["model", "device_map"],
            value=device_map,
        )
    return torch.device("cuda:0" if wanted == "cuda" else wanted)


def describe(device: "torch.device") -> dict[str, Any]:
    """The fields of a `device` event. Bytes."""
    import psutil
    import torch

    if device.type == "cuda":
        free, total = torch.cuda.mem_get_info(device)
        major, minor = torch.cuda.get_device_capability(device)
        return {
            "device": "cuda",
            "name": torch.cuda.get_device_name(device),
            "count": torch.cuda.device_count(),
            "memoryBytes": total,
            "freeMemoryBytes": free,
            "bf16": has_bf16(device),
            "capability": f"{major}.{minor}",
            "driver": _driver_version(),
        }
    memory = psutil.virtual_memory()
    return {
        "device": device.type,
        "name": "Apple GPU" if device.type == "mps" else _cpu_name(),
        "count": 1,
        "memoryBytes": memory.total,
        "freeMemoryBytes": memory.available,
        "bf16": has_bf16(device),
        "capability": None,
        "driver": None,
    }


def has_bf16(device: "torch.device") -> bool:
    """Whether the hardware computes in bfloat16. Emulation (Turing, Volta) counts as no: it is slower than float32."""
    import torch

    return device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


def _driver_version() -> str | None:
    try:
        return Path("/sys/module/nvidia/version").read_text().strip()
    except OSError:
        return None


def _cpu_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()

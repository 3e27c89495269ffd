"""No room: memory, disk."""

import re
from typing import Any

from .classified import Classified, first_line
from .protocol.event_file import FULL

# What allocators say. The CPU's: c10/core/impl/alloc_cpu.cpp; the GPU's: c10/cuda/CUDACachingAllocator.cpp and the
# driver; the last try of auto_find_batch_size: accelerate/utils/memory.py.
OUT_OF_MEMORY = re.compile(
    r"out of memory|can't allocate memory|not enough memory|No executable batch size found|CUDA_ERROR_OUT_OF_MEMORY"
    r"|CUBLAS_STATUS_ALLOC_FAILED|Cannot allocate memory",
    re.IGNORECASE,
)
# torch.save and safetensors don't pass the errno on: torch's zip writer says only that a write failed
# (caffe2/serialize/inline_container.cc), safetensors quotes Rust's io::Error.
DISK_FULL = re.compile(
    r"No space left on device|File too large|Disk quota exceeded|os error (28|27|122)\b"
    r"|PytorchStreamWriter failed writing|unexpected pos \d+ vs \d+"
)
QUOTA = re.compile(r"Disk quota exceeded|os error 122\b")
# "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB of which 5.19 MiB is free. …
# Of the allocated memory 1.20 GiB is allocated by PyTorch, and 3.00 GiB is reserved by PyTorch but unallocated."
# (c10/cuda/CUDACachingAllocator.cpp)
AMOUNTS = (
    ("requiredBytes", r"Tried to allocate ([\d.]+) (\w+)"),
    ("requiredBytes", r"you tried to allocate ([\d.]+) (bytes)"),
    ("freeBytes", r"of which ([\d.]+) (\w+) is free"),
    ("totalBytes", r"total capacity of ([\d.]+) (\w+)"),
    ("allocatedBytes", r"memory ([\d.]+) (\w+) is allocated by PyTorch"),
    ("unallocatedBytes", r"([\d.]+) (\w+) is reserved by PyTorch but unallocated"),
    ("allowedBytes", r"([\d.]+) (\w+) allowed"),
)
UNITS = {"B": 1, "bytes": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
# The key to change where memory runs out in each step; training's is the batch.
PATHS = {
    "model": ["model", "model_name_or_path"],
    "lora": ["lora", "r"],
    "data": ["data", "path"],
    "tokenizer": ["data", "path"],
    "generate": ["generate", "max_new_tokens"],
}


def memory(error: BaseException, step: str | None) -> Classified | None:
    text = str(error)
    # torch.OutOfMemoryError is a RuntimeError.
    if not isinstance(error, MemoryError) and not (
        isinstance(error, (RuntimeError, OSError)) and OUT_OF_MEMORY.search(text)
    ):
        return None
    facts: dict[str, Any] = {}
    for name, pattern in AMOUNTS:
        if found := re.search(pattern, text):
            facts[name] = int(float(found[1]) * UNITS.get(found[2], 1))
    if {"allowedBytes", "allocatedBytes"} <= facts.keys():
        # set_per_process_memory_fraction: what the device has free isn't this process's to take
        room = facts["allowedBytes"] - facts["allocatedBytes"] - facts.get("unallocatedBytes", 0)
        facts["freeBytes"] = min(facts.get("freeBytes", room), max(room, 0))
    facts["accelerator"] = bool(re.search(r"\bCUDA|CUBLAS|\bGPU|\bMPS|\bHIP", text))
    facts["noBatchFits"] = "No executable batch size" in text
    # torch's advice on its allocator follows the figures
    words = first_line(error).partition(" If reserved but unallocated")[0] or "The system gave no more memory."
    path = PATHS.get(step or "", ["train", "memory", "per_device_train_batch_size"])
    return Classified("outOfMemory", words, path, facts)


def disk(error: BaseException) -> Classified | None:
    text = str(error)
    number = error.errno if isinstance(error, OSError) else None
    if number not in FULL and not DISK_FULL.search(text):
        return None
    path = getattr(error, "filename", None)
    facts: dict[str, Any] = {} if path is None else {"path": str(path)}
    if QUOTA.search(text):
        facts["quota"] = True
    return Classified("diskFull", f"No room to write {path or 'a file'}: {first_line(error)}", [], facts)

"""What a GPU, its driver or a kernel cannot do. Sources are named beside the words they say."""

import re
from typing import Any

from .classified import Classified, class_names, first_line, raised_in

# torch/csrc/cuda/Module.cpp, c10/cuda/CUDAFunctions.cpp (device_count_impl); cudaErrorInsufficientDriver
# (driver_types.h); the driver API's names as Triton and bitsandbytes pass them on.
DRIVER = re.compile(
    r"NVIDIA driver on your system is too old|CUDA driver version is insufficient|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"
    r"|CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE|forward compatibility was attempted on non supported HW"
    r"|provided PTX was compiled with an unsupported toolchain|CUDA_ERROR_UNSUPPORTED_PTX_VERSION"
)
FOUND_DRIVER = re.compile(r"found version (\d+)")

# transformers/training_args.py (__post_init__), torch's dispatcher ("addmm_impl_cpu_" not implemented for 'Half'),
# cuBLAS with a 16-bit type on hardware without it, ptxas by way of Triton, torch.mps.
DTYPE = re.compile(
    r"Your setup doesn't support bf16|not implemented for '(BFloat16|Half)'|Feature '\.bf16'"
    r"|BFloat16 is not supported on MPS|CUBLAS_STATUS_NOT_SUPPORTED.*CUDA_R_16BF|bfloat16 is only supported on"
    r"|does not support bfloat16|not support (?:bf16|bfloat16)",
    re.IGNORECASE | re.DOTALL,
)

# cudaErrorNoKernelImageForDevice and cudaErrorInvalidDeviceFunction; flash_attn's csrc/flash_attn/flash_api.cpp;
# sdpa's aten/src/ATen/native/transformers/cuda/sdp_utils.cpp; transformers/integrations/hub_kernels.py;
# triton/runtime/build.py.
KERNELS = re.compile(
    r"no kernel image is available|CUDA_ERROR_(?:NO_BINARY_FOR_GPU|INVALID_PTX)|invalid device function"
    r"|FlashAttention only supports|FlashAttention forward only supports|No available kernel\. Aborting execution"
    r"|`kernels` (?:is either not installed|to be installed)|Kernels are not available"
    r"|Failed to find C compiler|Cannot find a working triton installation|PTXAS|ptxas (?:fatal|exited)"
)
# Raised while Triton builds a kernel: by itself, by torch.compile around it, or by a C compiler that isn't there.
TRITON = {"CompilationError", "PTXASError", "OutOfResources", "TritonMissing", "InductorError", "CalledProcessError"}

# torch.embedding on a CPU; c10/cuda/CUDAException.cpp on a GPU, where the index itself is printed to the log only.
INDEX = re.compile(r"^index out of range in self|device-side assert triggered|index \d+ is out of bounds for dimension")


def accelerator(error: BaseException, step: str | None) -> Classified | None:
    text = str(error)
    line = first_line(error)
    if DRIVER.search(text):
        found = FOUND_DRIVER.search(text)
        facts: dict[str, Any] = {} if found is None else {"found": _cuda_version(found[1])}
        return Classified("driverTooOld", line, ["model", "device_map"], {**facts, **_built_for()})
    if DTYPE.search(text):
        return Classified("unsupportedDtype", line, _dtype_path(step), {"value": "bfloat16"})
    if KERNELS.search(text) or (raised_in(error, "triton") and class_names(error) & TRITON):
        return _kernels(error, step)
    return None


def bad_index(error: BaseException) -> Classified | None:
    """A token that the model has no row for; after one on a GPU the process cannot compute any more."""
    if not isinstance(error, (IndexError, RuntimeError)) or not INDEX.search(str(error)):
        return None
    lost = "device-side assert" in str(error)
    return Classified("tokenizerMismatch", first_line(error), ["tokenizer", "tokenizer_name_or_path"], {"lost": lost})


def missing_triton(error: ImportError) -> Classified | None:
    """liger-kernel and torch.compile need Triton, which has no wheels but for Linux (triton on PyPI)."""
    if (error.name or "").partition(".")[0] != "triton" and "No module named 'triton" not in str(error):
        return None
    path = ["train", "memory", "use_liger_kernel"]
    return Classified("missingKernels", first_line(error), path, {"package": "triton", "what": "triton"})


def _kernels(error: BaseException, step: str | None) -> Classified:
    text = str(error)
    if "FlashAttention" in text or "No available kernel" in text:
        return Classified("missingKernels", first_line(error), ["model", "attn_implementation"], {"what": "attention"})
    if "kernels" in text.lower() and "install" in text:
        facts = {"what": "hub", "package": "kernels"}
        return Classified("missingKernels", first_line(error), ["model", "attn_implementation"], facts)
    if raised_in(error, "liger_kernel"):
        path = ["train", "memory", "use_liger_kernel"]
        return Classified("missingKernels", first_line(error), path, {"what": "triton"})
    if raised_in(error, "triton"):
        return Classified("missingKernels", first_line(error), [], {"what": "triton"})
    if raised_in(error, "bitsandbytes"):
        path = ["model", "quantization_config"] if step == "model" else []
        return Classified("missingKernels", first_line(error), path, {"what": "build", "package": "bitsandbytes"})
    return Classified("missingKernels", first_line(error), ["model", "device_map"], {"what": "build", **_built_for()})


def _dtype_path(step: str | None) -> list[str]:
    return ["model", "dtype"] if step in ("model", "generate") else ["train", "memory", "bf16"]


def _cuda_version(number: str) -> str:
    """cudaDriverGetVersion: 12020 for 12.2."""
    value = int(number)
    return f"{value // 1000}.{value % 1000 // 10}" if value >= 1000 else number


def _built_for() -> dict[str, Any]:
    """What torch was built for; only of a torch that is loaded already."""
    import sys

    torch = sys.modules.get("torch")
    cuda = getattr(getattr(torch, "version", None), "cuda", None)
    return {} if cuda is None else {"builtFor": cuda}

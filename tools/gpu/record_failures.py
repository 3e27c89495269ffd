"""Makes failures on a real GPU and writes what was raised, for test/fixtures/failures.

    python tools/gpu/record_failures.py --out DIR         # each case in a process of its own
    python tools/gpu/record_failures.py --out DIR --case device-assert

Needs a CUDA GPU and the packages of trainer/requirements.lock. A case is a file DIR/<case>.json: the name and text of
what was raised, its traceback, the end of what the process wrote, and the events where the trainer itself ran.
"""

import argparse
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "trainer" / "src"), str(ROOT / "test" / "trainer")]
UNTIL_TRAIN = ["model", "lora", "data", "tokenizer", "train"]

Report = dict[str, Any]


def trainer_case(fraction: float, steps: list[str], **changes: dict[str, Any]) -> Report:
    """The trainer's own steps, allowed this part of the GPU's memory, on a random model of 0.2 billion parameters."""
    import torch
    from in_process import InProcess
    from recipes import recipe

    folder = Path(mkdtemp())
    make_model(folder / "base")
    rows = [{"sentence": f"{n} " + "There is bacon here. " * 90, "translation_extra": "Yes. " * 90} for n in range(96)]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    torch.cuda.set_per_process_memory_fraction(fraction)
    (folder / "run").mkdir()
    process = InProcess(folder / "run")
    events = process.run(steps, recipe(folder, **changes))
    kinds = ("batchSizeReduced", "trainStarted", "trainFinished", "stepFailed", "metrics", "device", "warning")
    return {"events": [event for event in events if event["type"] in kinds]}


def make_model(folder: Path) -> None:
    import torch
    from tiny_base import make_tokenizer
    from transformers import Phi3Config, Phi3ForCausalLM

    tokenizer = make_tokenizer()
    config = Phi3Config(
        vocab_size=32064,
        hidden_size=1024,
        intermediate_size=4096,
        num_hidden_layers=10,
        num_attention_heads=16,
        num_key_value_heads=16,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
    )
    with torch.device("cuda"):
        model = Phi3ForCausalLM(config).to(torch.bfloat16)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    del model
    torch.cuda.empty_cache()


def memory(batch: int, *, find: bool) -> dict[str, Any]:
    found = {"per_device_train_batch_size": batch, "auto_find_batch_size": find, "bf16": "auto"}
    return {"memory": found, "data": {"max_length": 1024}, "training": {"max_steps": 4}}


def out_of_memory() -> Report:
    return trainer_case(0.05, UNTIL_TRAIN, train=memory(64, find=False))


def batch_found() -> Report:
    return trainer_case(0.05, UNTIL_TRAIN, train=memory(64, find=True))


def no_batch_found() -> Report:
    return trainer_case(0.006, UNTIL_TRAIN, train=memory(2, find=True))


def model_too_large() -> Report:
    return trainer_case(0.001, ["model"])


def device_assert() -> Report:
    import torch

    torch.nn.Embedding(10, 4).cuda()(torch.tensor([99]).cuda())
    torch.cuda.synchronize()
    return {}


def label_assert() -> Report:
    import torch

    torch.nn.functional.cross_entropy(torch.zeros(2, 5, device="cuda"), torch.tensor([1, 9], device="cuda"))
    torch.cuda.synchronize()
    return {}


def quantise_without_library() -> Report:
    import torch
    from bitsandbytes.functional import quantize_4bit

    quantize_4bit(torch.zeros(64, 64, device="cuda", dtype=torch.float16))
    torch.cuda.synchronize()
    return {}


def no_attention_kernel() -> Report:
    import torch
    from torch.nn.attention import SDPBackend, sdpa_kernel

    query = torch.zeros(1, 2, 8, 64, device="cuda")
    with sdpa_kernel(SDPBackend.FLASH_ATTENTION):
        torch.nn.functional.scaled_dot_product_attention(query, query, query)
    return {}


def no_compiler() -> Report:
    import torch

    torch.compile(lambda x: torch.sin(x) * 2 + 1)(torch.zeros(64, device="cuda"))
    return {}


def ptx_of_another_gpu() -> Report:
    """An image that this GPU can't run, loaded as Triton loads its own."""
    import ctypes

    import torch

    torch.zeros(1, device="cuda")
    driver = ctypes.CDLL("libcuda.so.1")
    module = ctypes.c_void_p()
    image = b".version 8.0\n.target sm_120a\n.address_size 64\n.visible .entry f() { ret; }\n\0"
    status = driver.cuModuleLoadData(ctypes.byref(module), image)
    name, text = ctypes.c_char_p(), ctypes.c_char_p()
    driver.cuGetErrorName(status, ctypes.byref(name))
    driver.cuGetErrorString(status, ctypes.byref(text))
    words = [value.decode() for value in (name.value, text.value) if value]
    raise RuntimeError(": ".join(words))


CASES: dict[str, tuple[Callable[[], Report], dict[str, str]]] = {
    "out-of-memory": (out_of_memory, {}),
    "batch-found": (batch_found, {}),
    "no-batch-found": (no_batch_found, {}),
    "model-too-large": (model_too_large, {}),
    "device-assert": (device_assert, {}),
    "label-assert": (label_assert, {}),
    "bnb-other-version": (quantise_without_library, {"BNB_CUDA_VERSION": "999"}),
    "bnb-missing-cudart": (quantise_without_library, {"BNB_CUDA_VERSION": "126"}),
    "no-attention-kernel": (no_attention_kernel, {}),
    "no-compiler": (no_compiler, {"CC": "", "PATH": "/nonexistent", "TRITON_CACHE_DIR": mkdtemp()}),
    "other-gpu": (ptx_of_another_gpu, {}),
}


def record(case: str) -> Report:
    make, _ = CASES[case]
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - what is raised is what this is for
        return {
            "exception": f"{type(error).__module__}.{type(error).__name__}",
            "message": str(error),
            "traceback": "".join(traceback.format_exception(error)),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--case", choices=list(CASES))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.case is not None:
        sys.stdout.write("\n@@" + json.dumps(record(arguments.case)))
        return 0
    for case, (_, environment) in CASES.items():
        command = [sys.executable, __file__, "--out", arguments.out, "--case", case]
        environ = {**os.environ, **environment}
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=150, check=False)
        said, _, answer = done.stdout.partition("\n@@")
        report = json.loads(answer) if answer else {"exitCode": done.returncode}
        report["output"] = (said + done.stderr)[-6000:]
        (arguments.out / f"{case}.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        sys.stdout.write(f"{case}: {report.get('exception') or [e['type'] for e in report.get('events', [])]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

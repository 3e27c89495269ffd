"""What libraries raise becomes a failure of a known kind: raised here by themselves, or recorded elsewhere."""

import builtins
import errno
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
from tunebook_trainer.classify import classify

RECORDED = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "failures").glob("*.txt"))


def raise_in(files: list[str], error: BaseException) -> None:
    """Raises with a frame of each of these files, the last of them innermost."""
    if not files:
        raise error
    code = compile("again(files, error)", files[0], "exec")
    exec(code, {"again": raise_in, "files": files[1:], "error": error})


def recorded(text: str) -> BaseException:
    """An error of the name, words and files of a recorded traceback's last part."""
    last = text.rpartition("Traceback (most recent call last):")[2]
    files = re.findall(r'^  File "([^"]+)"', last, re.MULTILINE)
    name, _, message = next(
        match[1] for match in re.finditer(r"^(?=\S)(.*)", last, re.MULTILINE | re.DOTALL) if ":" in match[1]
    ).partition(": ")
    base = getattr(builtins, name, RuntimeError)
    kind = type(name.rpartition(".")[2], (base,), {})
    error = kind(message.strip())
    if found := re.search(r"No module named '([\w.]+)'", message):
        error.name = found[1]
    try:
        raise_in(files, error)
    except base as raised:
        return raised
    raise AssertionError


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded(path: Path) -> None:
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in head.splitlines())
    found = classify(recorded(text), said["step"])
    assert (found.kind, ".".join(found.recipe_path)) == (said["kind"], said["path"])
    facts = json.loads(said["facts"])
    assert {key: found.facts.get(key) for key in facts} == facts
    assert 10 <= len(found.message) <= 500
    assert found.message.isascii()


def raised(act: Callable[[], Any]) -> BaseException:
    try:
        act()
    except BaseException as error:  # noqa: BLE001 - it is what is asked for
        return error
    raise AssertionError


def test_bitsandbytes_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    from bitsandbytes import cextension

    on_cpu = raised(lambda: cextension.lib.cquantize_blockwise_fp16_nf4())
    found = classify(on_cpu, "model")
    assert (found.kind, found.recipe_path) == ("bitsandbytesLibrary", ["model", "quantization_config"])
    assert found.facts == {"package": "bitsandbytes", "cpuOnly": True}
    missing = "libcudart.so.13: cannot open shared object file: No such file or directory"
    lib = cextension.ErrorHandlerMockBNBNativeLibrary(missing)
    found = classify(raised(lambda: lib.cquantize_blockwise_fp16_nf4()), "train")
    assert (found.kind, found.facts["library"]) == ("bitsandbytesLibrary", "libcudart.so.13")
    assert "Missing dependency" in found.message
    from transformers.integrations.bitsandbytes import bnb, validate_bnb_backend_availability

    monkeypatch.setattr(bnb, "supported_torch_devices", {"npu"})
    unsupported = raised(lambda: validate_bnb_backend_availability(raise_exception=True))
    assert classify(unsupported, "model").kind == "bitsandbytesLibrary"


def test_the_optimizer_of_bitsandbytes_is_the_key_in_a_training() -> None:
    from bitsandbytes.optim.optimizer import GlobalOptimManager

    error = recorded(
        "Traceback (most recent call last):\n"
        f'  File "{sys.modules[GlobalOptimManager.__module__].__file__}", line 1, in step\n'
        "RuntimeError: Method 'cadam' not available in CPU-only version of bitsandbytes."
    )
    assert classify(error, "train").recipe_path == ["train", "memory", "optim"]


def test_number_formats() -> None:
    from transformers import TrainingArguments

    found = classify(raised(lambda: TrainingArguments(output_dir="out", bf16=True, use_cpu=False)), "train")
    assert (found.kind, found.recipe_path) == ("unsupportedDtype", ["train", "memory", "bf16"])
    half = raised(lambda: torch.svd(torch.zeros(2, 2, dtype=torch.half)))
    assert classify(half, "model").kind == "unsupportedDtype"


def test_packages() -> None:
    from importlib.metadata import version

    from transformers.utils.versions import require_version

    older = classify(raised(lambda: require_version("torch<1.0")), "model")
    assert older.kind == "packageVersion"
    assert older.facts == {"package": "torch", "needed": "<1.0", "found": torch.__version__}
    renamed = classify(raised(lambda: exec("from transformers import NoSuchModel")), "model")
    assert (renamed.kind, renamed.facts["package"]) == ("packageVersion", "transformers")
    absent = classify(raised(lambda: version("no-such-package")), "model")
    assert (absent.kind, absent.facts) == ("missingPackage", {"package": "no-such-package"})
    absent = classify(raised(lambda: __import__("liger_kernel_that_is_not_there.ops")), "train")
    assert (absent.kind, absent.facts) == ("missingPackage", {"package": "liger_kernel_that_is_not_there"})


def test_a_token_without_a_row(base: Path) -> None:
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(base)
    found = classify(raised(lambda: model(input_ids=torch.tensor([[5000]]))), "train")
    assert (found.kind, found.facts) == ("tokenizerMismatch", {"lost": False})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"version https://git-lfs.github.com/spec/v1\n", "header"),
        (None, "not fully covered"),
        (b"", "header"),
    ],
    ids=["a pointer of Git LFS", "cut off", "empty"],
)
def test_a_broken_file_of_the_model(base: Path, tmp_path: Path, content: bytes | None, words: str) -> None:
    from transformers import AutoModelForCausalLM

    for file in base.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100] if content is None else content)
    found = classify(raised(lambda: AutoModelForCausalLM.from_pretrained(tmp_path)), "model")
    assert (found.kind, found.recipe_path) == ("brokenModel", ["model", "model_name_or_path"])
    assert words in found.message
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    assert classify(raised(lambda: AutoModelForCausalLM.from_pretrained(tmp_path)), "model").kind == "brokenModel"
    weights.unlink()
    (tmp_path / "config.json").write_bytes((base / "config.json").read_bytes())
    found = classify(raised(lambda: AutoModelForCausalLM.from_pretrained(tmp_path)), "model")
    assert (found.kind, found.facts["file"]) == ("modelNotFound", "model.safetensors")


def test_disks(tmp_path: Path) -> None:
    def os_error(number: int) -> OSError:
        return OSError(number, "", str(tmp_path / "adapter"))

    for number, kind, facts in (
        (errno.ENOSPC, "diskFull", {}),
        (errno.EDQUOT, "diskFull", {}),
        (errno.EROFS, "permissionDenied", {"readOnly": True}),
        (errno.EACCES, "permissionDenied", {}),
    ):
        found = classify(os_error(number), "save")
        assert (found.kind, found.facts) == (kind, {"path": str(tmp_path / "adapter"), **facts})
    # As save_file of safetensors and cached_files of transformers tell it, without a number.
    words = "I/O error: Disk quota exceeded (os error 122)"
    assert classify(RuntimeError(words), "save").facts == {"quota": True}
    found = classify(OSError(f"PermissionError at {tmp_path}/x when downloading a/b. Check"), "model")
    assert (found.kind, found.facts) == ("permissionDenied", {"path": f"{tmp_path}/x"})


def test_what_caused_it_counts() -> None:
    def wrapped() -> None:
        try:
            raise OSError(errno.ENOSPC, "No space left on device", "/out/weights")
        except OSError as error:
            raise RuntimeError("Saving failed") from error

    assert classify(raised(wrapped), "save").kind == "diskFull"


ANSWERS = {
    "gated": (403, "GatedRepo", "Access to model team/gated is restricted. You must have access to it."),
    "private": (401, "RepoNotFound", "Repository not found"),
    "absent": (404, "RepoNotFound", "Repository not found"),
    "revision": (404, "RevisionNotFound", "Invalid rev id: v9"),
    "empty": (404, "EntryNotFound", "Entry not found"),
    "token": (401, "", "Invalid credentials in Authorization header"),
    "down": (400, "", "Bad day"),
}


class Hub(BaseHTTPRequestHandler):
    """Answers as huggingface.co does: the name of the repository tells how."""

    def do_GET(self) -> None:
        name = next(key for key in ANSWERS if f"/{key}/" in self.path or self.path.endswith(f"/{key}"))
        status, code, words = ANSWERS[name]
        self.send_response(status)
        for key, value in (("X-Error-Code", code), ("X-Error-Message", words), ("Content-Length", "0")):
            if value:
                self.send_header(key, value)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    from huggingface_hub import constants

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(constants, "ENDPOINT", endpoint)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", endpoint + "/{repo_id}/resolve/{revision}/{filename}")
    monkeypatch.setattr("transformers.utils.hub.is_offline_mode", lambda: False)
    yield str(tmp_path / "cache")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("name", "kind", "path", "facts"),
    [
        ("gated", "gatedModel", ["model", "model_name_or_path"], {"model": "team/gated", "status": 403}),
        ("private", "modelNotFound", ["model", "model_name_or_path"], {"model": "team/private", "status": 401}),
        ("absent", "modelNotFound", ["model", "model_name_or_path"], {"model": "team/absent", "status": 404}),
        ("revision", "modelNotFound", ["model", "revision"], {"revision": "v9"}),
        ("empty", "modelNotFound", ["model", "model_name_or_path"], {"file": "config.json"}),
        ("token", "gatedModel", ["model", "model_name_or_path"], {"badToken": True}),
        ("down", "network", [], {"status": 400}),
    ],
)
def test_the_hub(hub: str, name: str, kind: str, path: list[str], facts: dict[str, Any]) -> None:
    from transformers import AutoConfig

    error = raised(lambda: AutoConfig.from_pretrained(f"team/{name}", revision="v9", cache_dir=hub))
    found = classify(error, "model")
    assert (found.kind, found.recipe_path) == (kind, path), found
    assert {key: found.facts.get(key) for key in facts} == facts
    assert not found.message.startswith("4")


def test_a_name_that_can_be_none() -> None:
    from transformers import AutoConfig

    assert classify(raised(lambda: AutoConfig.from_pretrained("a/b/c/d")), "model").kind == "modelNotFound"


def test_what_is_not_known_keeps_its_name() -> None:
    found = classify(raised(lambda: {}["x"]), "train")
    assert found == ("unknown", "KeyError: 'x'", [], {"exception": "KeyError"})


def test_what_is_not_known_brings_the_end_of_the_log(tmp_path: Path) -> None:
    from tunebook_trainer.last_lines import with_last_lines

    log = ["old"] * 30 + ["Loading:  10%|#    |\rLoading: 100%|#####|", "", "what a library said \u2713"]
    (tmp_path / "log.txt").write_text("\n".join(log), encoding="utf-8")
    unknown = {"kind": "unknown", "facts": {"exception": "KeyError"}}
    lines = with_last_lines(unknown, tmp_path)["facts"]["lastLines"]
    assert (len(lines), lines[-2:]) == (20, ["old", "what a library said \u2713"])
    assert with_last_lines({"kind": "network", "facts": {}}, tmp_path)["facts"] == {}
    assert with_last_lines(unknown, tmp_path / "none")["facts"]["lastLines"] == []

"""
python -m tunebook_trainer.export.reload FOLDER SCRATCH: an exported model as any other program would load it, in a
process that has seen neither adapter nor base. SCRATCH: holds what `prove` hands over. Descriptor 1: one JSON object.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answers import Asked
from .telling import RefusedError

if TYPE_CHECKING:
    import torch

LOGITS = "logits.safetensors"
# The same weights on the same device give the same figures; a library may choose another order of adding up.
TOLERANCE = 1 / 64


def prove(
    folder: Path,
    scratch: Path,
    what: Asked,
    texts: tuple[list[str], str | None],
    given: "tuple[list[list[int]], list[torch.Tensor]]",
    device: str,
    trusted: bool,
) -> dict[str, Any]:
    """given: answers and logits of the merged model in memory. Raises RefusedError if the files say otherwise."""
    from safetensors.torch import save_file

    answers, logits = given
    save_file({str(number): part.contiguous() for number, part in enumerate(logits)}, scratch / LOGITS)
    (scratch / "given.json").write_text(
        json.dumps(
            {
                "prompts": what.prompts,
                "stopIds": what.stop_ids,
                "padId": what.pad_id,
                "maxNewTokens": what.max_new_tokens,
                "texts": texts[0],
                "system": texts[1],
                "answers": answers,
                "device": device,
                "trusted": trusted,
            }
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "tunebook_trainer.export.reload", str(folder), str(scratch)],
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise RefusedError("doesNotLoad", done.returncode)
    found: dict[str, Any] = json.loads(done.stdout)
    if not found["samePrompts"]:
        raise RefusedError("otherPrompts")
    if found["maxDifference"] > TOLERANCE * max(1.0, found["largestLogit"]):
        raise RefusedError("notTheSame", f"{found['maxDifference']:.3g}", f"{found['largestLogit']:.3g}")
    return found


def main() -> None:
    from ..__main__ import set_environment
    from ..protocol.events import take_stdout

    set_environment()
    out = take_stdout()
    found = _reload(Path(sys.argv[1]), Path(sys.argv[2]))
    with os.fdopen(out, "wb") as file:
        file.write(json.dumps(found).encode())
    sys.stderr.flush()
    # As in tunebook_trainer.__main__: Python's own ending takes a second with torch loaded.
    os._exit(0)


def _reload(folder: Path, scratch: Path) -> dict[str, Any]:
    from safetensors.torch import load_file
    from transformers import AutoConfig, AutoTokenizer

    from ..model_class import model_class
    from .answers import difference, greedy, logits, prompt_ids

    given = json.loads((scratch / "given.json").read_bytes())
    trusted = {"trust_remote_code": given["trusted"]}
    tokenizer = AutoTokenizer.from_pretrained(folder, **trusted)
    config = AutoConfig.from_pretrained(folder, **trusted)
    model = model_class(config, str(folder)).from_pretrained(
        folder, dtype="auto", device_map={"": given["device"]}, **trusted
    )
    model.eval()
    # What ends an answer comes from the export's own generation config: a consumer has nothing else.
    ends = model.generation_config.eos_token_id
    stop_ids = [] if ends is None else list(ends) if isinstance(ends, (list, tuple)) else [ends]
    what = Asked(given["prompts"], stop_ids, given["padId"], given["maxNewTokens"])
    answers = greedy(model, what, lambda *_: None)
    expected = load_file(scratch / LOGITS)
    wanted = [expected[str(number)] for number in range(len(expected))]
    return {
        "samePrompts": [prompt_ids(tokenizer, text, given["system"]) for text in given["texts"]] == given["prompts"],
        "sameAnswers": sum(one == other for one, other in zip(answers, given["answers"], strict=True)),
        **difference(wanted, logits(model, given["prompts"], given["answers"])),
    }


if __name__ == "__main__":
    main()

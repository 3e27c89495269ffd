"""
Tokenizer files for consumers of either generation. transformers 5 writes tokenizer.json, tokenizer_config.json and
chat_template.jinja; what was written for 4 also reads special_tokens_map.json, added_tokens.json, a template inside
tokenizer_config.json, and sometimes tokenizer.model.
"""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

SPECIAL = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
# Names every file that write_tokenizer may make.
FILES = {
    "tokenizer.json",
    "tokenizer_config.json",
    "chat_template.jinja",
    "special_tokens_map.json",
    "added_tokens.json",
    "tokenizer.model",
    "vocab.json",
    "merges.txt",
}


def write_tokenizer(tokenizer: "PreTrainedTokenizerBase", folder: Path, source: Path | None) -> None:
    """source: the folder the tokenizer was loaded from, if it is a local one."""
    tokenizer.save_pretrained(folder)
    config_path = folder / "tokenizer_config.json"
    config: dict[str, Any] = json.loads(config_path.read_text(encoding="utf-8"))
    # Only transformers 5 knows the class TokenizersBackend; both know this one.
    if config.get("tokenizer_class") == "TokenizersBackend":
        config["tokenizer_class"] = "PreTrainedTokenizerFast"
    if isinstance(tokenizer.chat_template, str):
        config["chat_template"] = tokenizer.chat_template
        (folder / "chat_template.jinja").write_text(tokenizer.chat_template, encoding="utf-8", newline="\n")
    _write(config_path, config)
    special = {name: getattr(tokenizer, name) for name in SPECIAL if getattr(tokenizer, name, None) is not None}
    _write(folder / "special_tokens_map.json", special)
    added = tokenizer.get_added_vocab()
    if added:
        _write(folder / "added_tokens.json", dict(sorted(added.items(), key=lambda item: item[1])))
    if source is not None and (source / "tokenizer.model").is_file():
        shutil.copyfile(source / "tokenizer.model", folder / "tokenizer.model")


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

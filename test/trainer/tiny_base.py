"""A random model in Phi-3's shape with a small tokenizer: real parts, a fraction of a second a step."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'system' %}"
    "{{'<|system|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'user' %}{{'<|user|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'assistant' %}{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}"
)
SPECIAL = ["<unk>", "<s>", "<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"]
TARGETED_LAYERS = 8
LAYERS = 2


def make_base(folder: Path) -> None:
    """Writes model and tokenizer. The pad token is the end token, as in Phi-3."""
    import torch
    from transformers import Phi3Config, Phi3ForCausalLM

    tokenizer = make_tokenizer()
    ids = {token: tokenizer.convert_tokens_to_ids(token) for token in SPECIAL}
    config = Phi3Config(
        vocab_size=320,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=512,
        bos_token_id=ids["<s>"],
        eos_token_id=ids["<|endoftext|>"],
        pad_token_id=ids["<|endoftext|>"],
    )
    torch.manual_seed(0)
    model = Phi3ForCausalLM(config).to(torch.float16)
    model.generation_config.eos_token_id = [ids["<|endoftext|>"], ids["<|end|>"]]
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def make_tokenizer() -> "PreTrainedTokenizerFast":
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(models.BPE(unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=310,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    backend.train_from_iterator([sentence(number) for number in range(200)], trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=backend,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="<|endoftext|>",
        pad_token="<|endoftext|>",
        chat_template=TEMPLATE,
    )


def sentence(number: int) -> str:
    things = ["cat", "red hat", "old boat", "lamp", "green door"]
    verbs = ["sees", "wants", "paints", "finds"]
    return f"My {things[number % 5]} {verbs[number % 4]} the {things[(number // 5) % 5]} number {number}."


def row(number: int) -> dict[str, str]:
    plain = sentence(number)
    subject, _, rest = plain.removesuffix(".").partition(" the ")
    return {"sentence": plain, "translation": f"The {rest}, {subject}.", "translation_extra": f"The {rest}. Hmm."}


def write_rows(path: Path, count: int) -> None:
    path.write_text("".join(json.dumps(row(number)) + "\n" for number in range(count)), encoding="utf-8")

"""What the crate safetensors makes of files that are well, damaged or hostile: fixtures/parity/safetensors.json.gz.

    python tools/parity/safetensors_reference.py            writes it
    python tools/parity/safetensors_reference.py --check    compares it with what is there

The editor reads headers with a parser of its own (src/core/model/safetensors*.ts), which must take and refuse the same.
"""

import base64
import json
import random
from typing import Any

import reference_file
from safetensors import SafetensorError, deserialize

SIZES = {
    "BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32,
    "C64": 64, "F64": 64, "I64": 64, "U64": 64,
}  # fmt: skip
NAMES = ["a.weight", "b.bias", "ä 日本", 'quo"ted', "__proto__", "", "model.layers.0.self_attn.q_proj.weight", "😀"]
NUMBERS = ["-1", "1.0", "1e1", "00", "18446744073709551615", "18446744073709551616", "null", '"1"', "true", "[]"]
RANDOM_FILES = 600


def reference() -> list[dict[str, Any]]:
    rng = random.Random(20)
    files = [*fixed()]
    for _ in range(RANDOM_FILES):
        text, data = layout(rng)
        files.append(damaged(rng, text, data) if rng.random() < 0.8 else whole(text, data))
    return [{"file": base64.b64encode(file).decode(), "tensors": verdict(file)} for file in files]


def verdict(file: bytes) -> list[Any] | None:
    """Name, dtype and shape of each tensor, sorted by name; None where the crate refuses the file."""
    try:
        tensors = deserialize(file)
    except SafetensorError:
        return None
    return sorted([name, view["dtype"], list(view["shape"])] for name, view in tensors)


def whole(text: str | bytes, data: int, claimed: int | None = None) -> bytes:
    body = text.encode() if isinstance(text, str) else text
    return (len(body) if claimed is None else claimed).to_bytes(8, "little") + body + bytes(data)


def layout(rng: random.Random) -> tuple[str, int]:
    """A header as it should be, in any order of its keys, and the bytes of its data."""
    at = 0
    tensors: dict[str, Any] = {}
    for name in rng.sample(NAMES, rng.randint(0, 4)):
        dtype = rng.choice(list(SIZES))
        shape = [rng.randint(0, 4) for _ in range(rng.randint(0, 3))]
        bits = SIZES[dtype]
        for size in shape:
            bits *= size
        if bits % 8:
            continue
        tensors[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + bits // 8]}
        at += bits // 8
    items = list(tensors.items())
    rng.shuffle(items)
    if rng.random() < 0.5:
        items.append(("__metadata__", {"format": "pt"}))
    text = json.dumps(dict(items), ensure_ascii=rng.random() < 0.5, separators=rng.choice([(",", ":"), (", ", " : ")]))
    return text + " " * rng.randint(0, 3), at


def damaged(rng: random.Random, text: str, data: int) -> bytes:
    """One change: of a character, a number, the length or the data."""
    kind = rng.randrange(6)
    if kind == 0:
        return whole(text, max(0, data + rng.choice([-1, 1, 8])))
    if kind == 1:
        return whole(text, data, len(text.encode()) + rng.choice([-3, -1, 1, 100, 10**10, 2**63]))
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    if kind in (2, 3) and digits:
        at = rng.choice(digits)
        return whole(text[:at] + rng.choice(NUMBERS) + text[at + 1 :], data)
    body = bytearray(text.encode())
    at = rng.randrange(len(body))
    # Spaces at the beginning are the one thing that the crate takes and the format forbids.
    if kind == 4 and at > 0:
        del body[at:]
    elif at > 0:
        body[at] = rng.randrange(256)
    return whole(bytes(body), data)


def fixed() -> list[bytes]:
    one = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]%s}%s}'
    return [
        b"",
        b"1234567",
        whole("", 0),
        whole("{}", 0),
        whole("{}", 1),
        whole('{"__metadata__":null}', 0),
        whole('{"__metadata__":{"x":1}}', 0),
        whole('{"__metadata__":{"x":null}}', 0),
        whole('{"__metadata__":[]}', 0),
        whole('{"__metadata__":{},"__metadata__":{}}', 0),
        whole("[]", 0),
        whole("null", 0),
        whole(one % ("", ""), 8),
        whole(one % (',"later":[1.5,{"x":null}]', ""), 8),
        whole(one % (',"shape":[2]', ""), 8),
        whole(one % (',"dtype":"F32"', ""), 8),
        whole(one % ("", ',"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}'), 12),
        whole(one % ("", ',"b":{"dtype":"F32","shape":[],"data_offsets":[4,8]}'), 8),
        whole(one % ("", ',"b":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}'), 8),
        whole(one % ("", ',"b":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}'), 8),
        whole(one % ("", ',"\\ud800":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}'), 8),
        whole(one % ("", ',"\\ud83d\\ude00":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}'), 8),
        whole('{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}', 0),
        whole('{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}', 0),
        whole('{"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}', 0),
        whole('{"a":{"dtype":"U8","shape":[2147483648,2147483648,0],"data_offsets":[0,0]}}', 0),
        whole(b'{"a\xff":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}', 0),
        whole('\ufeff{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}', 0),
        whole("{}", 0, 100_000_001),
        whole("{}", 0, 2**64 - 1),
        whole('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"later":' + "[" * 500 + "]" * 500 + "}}", 0),
    ]


if __name__ == "__main__":
    reference_file.main("safetensors.json.gz", reference)

"""
bitsandbytes 0.50.2 trains wrongly on CPUs with AVX512_BF16, without a word: the first forward in eval mode repacks
the weights in place (bitsandbytes/nn/modules.py, Linear4bit.forward, `_convert_weight_packed_for_cpu`), and the
backward pass of later training steps reads them as if they were not (gradient cosine 0.46). A switch on each layer
keeps it from doing so.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def keep_weights_unpacked(model: "torch.nn.Module") -> int:
    """Call right after loading, before any forward. Returns the number of layers switched."""
    import bitsandbytes as bnb

    layers = [module for module in model.modules() if isinstance(module, bnb.nn.Linear4bit)]
    for layer in layers:
        layer.support_avx512bf16_for_cpu = False
    return len(layers)

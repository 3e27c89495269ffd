"""The adapter is put on a base model, and becomes part of its weights."""

from typing import TYPE_CHECKING, Any

from .adapter_files import AdapterFiles
from .telling import RefusedError

if TYPE_CHECKING:
    import torch
    from peft import PeftModel
    from transformers import PreTrainedModel

PREFIX = "base_model.model."


def attach(model: "PreTrainedModel", adapter: AdapterFiles) -> "PeftModel":
    """Raises RefusedError where the adapter was made for another model: PEFT only warns of layers that lack theirs."""
    from peft import PeftModel, get_peft_model_state_dict

    _fit_vocabulary(model, adapter)
    try:
        tuned = PeftModel.from_pretrained(model, str(adapter.folder), is_trainable=False)
    except (RuntimeError, ValueError) as error:
        # size mismatch (torch), target modules that aren't there (peft): nothing else is raised for a whole file.
        if "size mismatch" in str(error) or "arget modules" in str(error):
            raise RefusedError("otherBase", adapter.folder, str(error).splitlines()[-1].strip()) from error
        raise
    wanted = set(get_peft_model_state_dict(tuned, save_embedding_layers=False))
    found = set(adapter.shapes)
    # A resized embedding comes a second time, under its wrapper's name (peft get_peft_model_state_dict).
    known = {PREFIX + name.replace(".default.", ".") for name in tuned.base_model.model.state_dict()}
    strange = found - wanted - known
    if wrong := sorted((wanted - found) | strange):
        raise RefusedError("otherBase", adapter.folder, wrong[0])
    return tuned.eval()


def merge(tuned: "PeftModel", dtypes: dict[str, "torch.dtype"]) -> "PreTrainedModel":
    """dtypes: of the base's parameters. Trained copies of whole modules are float32 until then."""
    try:
        merged: Any = tuned.merge_and_unload(progressbar=False, safe_merge=True)
    except ValueError as error:
        if "NaN" in str(error):
            raise RefusedError("notFinite", error) from error
        raise
    merged.__dict__.pop("peft_config", None)
    for name, parameter in merged.named_parameters():
        wanted = dtypes.get(name, merged.config.dtype)
        if parameter.is_floating_point() and parameter.dtype != wanted:
            parameter.data = parameter.data.to(wanted)
    return merged.eval()


def dtypes_of(model: "PreTrainedModel") -> dict[str, "torch.dtype"]:
    return {name: parameter.dtype for name, parameter in model.named_parameters()}


def untie(model: "PreTrainedModel", adapter: AdapterFiles) -> bool:
    """
    Where the output layer is the embedding (tied) and the adapter changes one of the two, merging would change both:
    each gets weights of its own. Returns whether it did.
    """
    import torch

    config = model.config.get_text_config()
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    if not getattr(config, "tie_word_embeddings", False) or head is None or head.weight is not embedding.weight:
        return False
    names = [name for name, module in model.named_modules() if module is head or module is embedding]
    touched = any(key.startswith(f"{PREFIX}{name}.") for key in adapter.shapes for name in names)
    if not touched:
        return False
    head.weight = torch.nn.Parameter(head.weight.detach().clone(), requires_grad=False)
    for part in (model.config, config):
        part.tie_word_embeddings = False
    # What transformers reckoned from the config when it made the model: it would leave one of the two out.
    model.all_tied_weights_keys = {}
    return True


def _fit_vocabulary(model: "PreTrainedModel", adapter: AdapterFiles) -> None:
    """A training that added tokens saved the whole embedding: the base gets as many rows."""
    for module in (model.get_input_embeddings(), model.get_output_embeddings()):
        name = next((name for name, other in model.named_modules() if other is module), None)
        shape = adapter.shapes.get(f"{PREFIX}{name}.weight")
        if shape is not None and shape[0] != module.weight.shape[0]:
            model.resize_token_embeddings(shape[0], mean_resizing=False)
            return

"""
SFTConfig from the recipe's four groups: each key by its name, `auto` resolved, nothing passed through unseen. Names
that transformers 5 dropped (max_seq_length, logging_dir, warmup_ratio, evaluation_strategy, …) cannot arrive here.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .context import Context
from .failures import StepError
from .packages import require_package
from .precision import mixed_precision, tf32

if TYPE_CHECKING:
    import torch
    from trl import SFTConfig

BNB_ADAMW = {"paged_adamw", "paged_adamw_8bit", "paged_adamw_32bit", "adamw_8bit", "adamw_bnb_8bit"}


def sft_config(context: Context, device: "torch.device", loss_type: str | None, output_dir: Path) -> "SFTConfig":
    """Raises StepError for what doesn't fit the device, the data or the installed packages."""
    from trl import SFTConfig

    train = context.recipe.section("train")
    memory, data, training, environment = (train[key] for key in ("memory", "data", "training", "environment"))
    _check(context, memory, environment)
    bf16, fp16 = mixed_precision(memory, device)
    try:
        config = SFTConfig(
            # memory
            gradient_checkpointing=memory["gradient_checkpointing"],
            gradient_checkpointing_kwargs=memory["gradient_checkpointing_kwargs"],
            per_device_train_batch_size=memory["per_device_train_batch_size"],
            per_device_eval_batch_size=memory["per_device_eval_batch_size"],
            gradient_accumulation_steps=memory["gradient_accumulation_steps"],
            auto_find_batch_size=memory["auto_find_batch_size"],
            optim=_optimizer(context, memory["optim"], device),
            bf16=bf16,
            fp16=fp16,
            tf32=tf32(memory["tf32"], device),
            use_liger_kernel=memory["use_liger_kernel"],
            # data
            max_length=data["max_length"],
            packing=data["packing"],
            packing_strategy=data["packing_strategy"],
            assistant_only_loss=data["assistant_only_loss"],
            completion_only_loss=data.get("completion_only_loss"),
            dataset_num_proc=data["dataset_num_proc"],
            dataloader_num_workers=data["dataloader_num_workers"],
            # training
            num_train_epochs=training["num_train_epochs"],
            max_steps=training["max_steps"],
            learning_rate=training["learning_rate"],
            lr_scheduler_type=training["lr_scheduler_type"],
            warmup_steps=training["warmup_steps"],
            weight_decay=training["weight_decay"],
            max_grad_norm=training["max_grad_norm"],
            adam_beta1=training["adam_beta1"],
            adam_beta2=training["adam_beta2"],
            adam_epsilon=training["adam_epsilon"],
            loss_type=loss_type,
            neftune_noise_alpha=training["neftune_noise_alpha"],
            label_smoothing_factor=training["label_smoothing_factor"],
            seed=training["seed"],
            data_seed=training["data_seed"],
            # environment
            output_dir=str(output_dir),
            logging_steps=environment["logging_steps"],
            save_strategy=environment["save_strategy"],
            save_steps=environment["save_steps"],
            save_total_limit=environment["save_total_limit"],
            eval_strategy=environment["eval_strategy"],
            eval_steps=environment["eval_steps"],
            load_best_model_at_end=environment["load_best_model_at_end"],
            metric_for_best_model=environment["metric_for_best_model"],
            report_to=environment["report_to"],
            # what the recipe doesn't decide
            use_cpu=device.type == "cpu",
            dataloader_pin_memory=device.type == "cuda",
            disable_tqdm=True,
            # The default hides NaN behind the mean of earlier losses (transformers Trainer._run_epoch).
            logging_nan_inf_filter=False,
            # Of a PeftModel the Trainer cannot tell: without it, evaluation has no loss.
            label_names=["labels"],
            prediction_loss_only=True,
        )
    except ValueError as error:
        raise StepError("invalidRecipe", str(error), ["train"], value=str(error)) from error
    return config


def _check(context: Context, memory: dict[str, Any], environment: dict[str, Any]) -> None:
    rows = context.state.data
    if environment["eval_strategy"] != "no" and rows is not None and not rows.evaluation:
        raise StepError(
            "invalidRecipe",
            f"eval_strategy: {environment['eval_strategy']}, but data.eval_split keeps no rows to measure on.",
            ["train", "environment", "eval_strategy"],
            value=environment["eval_strategy"],
        )
    if memory["use_liger_kernel"]:
        require_package("liger_kernel", "liger-kernel", ["train", "memory", "use_liger_kernel"])
    report_to = environment["report_to"]
    for target in report_to if isinstance(report_to, list) else [report_to]:
        if target != "none":
            require_package(target, target, ["train", "environment", "report_to"])


def _optimizer(context: Context, name: str, device: "torch.device") -> str:
    """bitsandbytes' 8-bit and paged optimizers run on CUDA alone."""
    needs_cuda = any(part in name for part in ("paged", "8bit", "bnb"))
    if device.type == "cuda" or not needs_cuda:
        return name
    if name not in BNB_ADAMW:
        raise StepError(
            "invalidRecipe",
            f"optim: {name} needs an NVIDIA GPU, and PyTorch has no other of its kind. Use adamw_torch.",
            ["train", "memory", "optim"],
            value=name,
        )
    context.warn("optimizerReplaced", name, "adamw_torch", recipe_path=["train", "memory", "optim"])
    return "adamw_torch"

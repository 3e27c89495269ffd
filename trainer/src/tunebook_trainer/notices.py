"""The text of each warning, by its stable id. The English text is the key of the translation in l10n/."""

from typing import Final

NOTICES: Final[dict[str, str]] = {
    "optimizerReplaced": "{0} needs an NVIDIA GPU: {1} is used instead, with the same update and a larger state.",
    "truncatedRows": "{0} of {1} rows are longer than max_length ({2}): their end, with the end mark, is never learnt.",
    "maskedRows": "{0} of {1} rows have no trained token within max_length and are left out.",
    "endNotTrained": "The end mark {0} is trained in no row: the model may never stop.",
    "padIsEos": "The pad token {0} was also the end token, which would hide the end from the training: {1} is used.",
    "padAdded": "No token could serve for padding: {0} takes an unused place of the vocabulary.",
    "paddingSide": "padding_side: {0} counts for the saved tokenizer. TRL's collator always fills up the right side.",
    "noCheckpoint": "There is no whole checkpoint in {0}: training starts from the beginning.",
    "brokenCheckpoints": "{0} is not whole and is left aside; {1} is used.",
    "resumedOtherwise": "{0} was made with other settings: the curve goes on, but not as uninterrupted. {1}",
    "resumedOtherRows": "{0} was made with other rows: the order goes on, the rows have changed. {1}",
    "templateMarked": "The chat template marks no answers. Tunebook's own for {0}, which renders the same, is used.",
    "nllForLmHead": "lm_head has an adapter: loss_type nll is used, which is the one that trains it.",
    "savedAdapterUsed": "Nothing was trained in this session: the adapter saved in {0} answers as tuned.",
    "noAdapter": "There is no adapter yet: only the base model answers.",
    "mixedSystem": "{0} rows bring a system message of their own; system_prompt is not put before them.",
    "lossNotFalling": "After {0} steps the loss is {2}, as at the start ({1}): nothing is learnt at learning_rate {3}.",
    "lossRises": "After {0} steps the loss has risen from {1} to {2}: learning_rate {3} is too high.",
    "explodingGradNorm": "The gradient norm has jumped to {0}, from usually {1}: the training is about to come apart.",
    "evalLossRises": "The eval loss was best at step {0} ({1}) and is {2} at step {3}: the rows are learnt by heart.",
    "gpuUnused": "A GPU is there but can't be used, so the CPU computes: {0}",
    "longPrompt": "The prompt {0} and its answer do not fit into the {1} tokens this model was made for.",
}

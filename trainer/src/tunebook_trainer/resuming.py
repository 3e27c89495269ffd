"""Whether a training can go on from a checkpoint, and as what."""

from pathlib import Path

from .checkpoint_note import SECTIONS, SHAPE, CheckpointNote, read_note
from .checkpoints import PATH, next_attempt
from .context import Context
from .failures import StepError


def note_of(context: Context, output_dir: Path) -> CheckpointNote:
    """What goes with each checkpoint of the training that begins now."""
    assert context.state.data is not None
    sections = {name: context.recipe.section(name) for name in SECTIONS}
    return CheckpointNote(str(context.run_directory), next_attempt(output_dir), sections, context.state.data.files)


def check_resumed(context: Context, checkpoint: Path, now: CheckpointNote) -> CheckpointNote | None:
    """Says what a training that goes on from there will not be like; refuses where it can't."""
    note = read_note(checkpoint)
    if note is None:
        return None
    different = note.differences(now)
    shape = [words for key, words in different.items() if any(f"{key}.".startswith(f"{at}.") for at in SHAPE)]
    if shape:
        words = "; ".join(shape)
        message = f"{checkpoint.name} holds an adapter of another shape: {words}."
        raise StepError("invalidRecipe", message, PATH, value=words)
    if different:
        context.warn("resumedOtherwise", checkpoint.name, "; ".join(different.values()), recipe_path=PATH)
    if files := note.changed_files(now):
        context.warn("resumedOtherRows", checkpoint.name, ", ".join(files), recipe_path=["data", "path"])
    return note

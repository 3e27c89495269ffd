"""
The modules of vision-language models, as test_parity of structures wants them: structureParity.test.ts. Writes
test/fixtures/structure/vision.json.gz; --check compares instead.

    python tools/parity/structure_vision_reference.py [--check]
"""

import sys
from pathlib import Path

from structure_file import main
from structure_vision_cases import CASES

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer" / "src"))

from transformers import AutoModelForCausalLM, AutoModelForImageTextToText
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from tunebook_trainer.model_class import model_class

if __name__ == "__main__":
    auto = {name: model_class(CONFIG_MAPPING[config["model_type"]](), name) for name, config in CASES.items()}
    assert set(auto.values()) == {AutoModelForCausalLM, AutoModelForImageTextToText}
    main("vision.json.gz", CASES, auto)

"""
The modules of mixtures of experts as transformers builds them, for test/unit/core/model/structureParity.test.ts. Writes
test/fixtures/structure/experts.json.gz; --check compares instead.

    python tools/parity/structure_experts_reference.py [--check]
"""

from structure_expert_cases import CASES
from structure_file import main

if __name__ == "__main__":
    main("experts.json.gz", CASES)

"""
The modules of language models as transformers builds them, for test/unit/core/model/structureParity.test.ts. Writes
test/fixtures/structure/dense.json.gz; --check compares instead.

    python tools/parity/structure_dense_reference.py [--check]
"""

from structure_dense_cases import CASES
from structure_dense_odd_cases import cases
from structure_file import main

if __name__ == "__main__":
    main("dense.json.gz", {**CASES, **cases()})

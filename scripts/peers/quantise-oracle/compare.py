"""Compares our quantised files with what llama.cpp makes of the same F16 file, tensor by tensor.

Usage: compare.py LIBRARY_FOLDER PACKAGE_PREFIX SCRATCH_FILE
"""

import os
import sys

from oracle import load_llama, quantised, tensors


def main(library_folder, prefix, scratch):
    llama = load_llama(library_folder)
    different = 0
    for file_type in ("Q4_K_M", "Q8_0"):
        named = f"{prefix}-{file_type}.gguf"
        ours = tensors(named if os.path.exists(named) else f"{prefix}.gguf")
        theirs = quantised(llama, f"{prefix}-F16.gguf", scratch, file_type)
        unequal = [name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)]
        print(f"{file_type}: {len(ours)} tensors, {len(unequal)} different {unequal}")
        different += len(unequal)
    sys.exit(different != 0)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Quantises models with llama.cpp and writes what it made of each tensor.

Usage: oracle.py LIBRARY_FOLDER MODEL_FOLDER GOLDEN_FOLDER
"""

import ctypes
import hashlib
import math
import mmap
import os
import re
import struct
import sys
from pathlib import Path

FILE_TYPES = {"Q4_0": 2, "Q4_K_M": 15, "Q5_K_M": 17, "Q6_K": 18, "Q8_0": 7, "F16": 1}
# What a file type is called in the golden files when errors were weighed by an importance matrix.
WEIGHTED = "-weighted"
# name, weights in a block, bytes of a block
TENSOR_TYPES = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24),
    8: ("Q8_0", 32, 34),
    12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210),
    30: ("BF16", 1, 2),
}


class QuantizeParams(ctypes.Structure):
    """llama_model_quantize_params; what is left alone keeps llama.cpp's default."""

    _fields_ = [
        ("nthread", ctypes.c_int32),
        ("ftype", ctypes.c_int32),
        ("until_imatrix", ctypes.c_byte * 16),
        ("imatrix", ctypes.c_void_p),
        ("rest", ctypes.c_byte * 32),
    ]


class Importances(ctypes.Structure):
    """llama_model_imatrix_data; an array of them ends with one that has no name."""

    _fields_ = [
        ("name", ctypes.c_char_p),
        ("data", ctypes.POINTER(ctypes.c_float)),
        ("size", ctypes.c_size_t),
    ]


def load_llama(folder):
    ctypes.CDLL(os.path.join(folder, "libggml-base.so"), mode=ctypes.RTLD_GLOBAL)
    ggml = ctypes.CDLL(os.path.join(folder, "libggml.v0.5.0.so"), mode=ctypes.RTLD_GLOBAL)
    llama = ctypes.CDLL(os.path.join(folder, "libllama.v0.5.0.so"))
    ggml.ggml_backend_load_all_from_path(folder.encode())
    llama.llama_backend_init()
    llama.llama_model_quantize_default_params.restype = QuantizeParams
    llama.llama_model_quantize.restype = ctypes.c_uint32
    llama.llama_model_quantize.argtypes = [
        ctypes.c_char_p,
        ctypes.c_char_p,
        ctypes.POINTER(QuantizeParams),
    ]
    return llama


def importances(path):
    """What llama-quantize makes of an imatrix file: means of squares by tensor."""
    found = tensors(path)
    entries = []
    for name, (_, sums) in found.items():
        if name.endswith(".in_sum2"):
            weight = name[: -len(".in_sum2")]
            (count,) = struct.unpack("<f", found[weight + ".counts"][1])
            floats = ctypes.c_float * (len(sums) // 4)
            means = floats(*(x / count for x in struct.unpack(f"<{len(sums) // 4}f", sums)))
            pointer = ctypes.cast(means, ctypes.POINTER(ctypes.c_float))
            entries.append(Importances(weight.encode(), pointer, len(means)))
            entries[-1].keep = means
    return (Importances * (len(entries) + 1))(*entries), entries


def quantised(llama, source, target, file_type, matrix=None):
    """Tensors of SOURCE after quantising, by the imatrix file MATRIX: name -> (type, bytes)."""
    params = llama.llama_model_quantize_default_params()
    params.nthread = 2
    params.ftype = FILE_TYPES[file_type]
    if matrix:
        array, kept = importances(matrix)
        params.imatrix = ctypes.cast(array, ctypes.c_void_p)
    if llama.llama_model_quantize(str(source).encode(), str(target).encode(), params) != 0:
        sys.exit(f"llama.cpp refuses {source}")
    return tensors(target)


def tensors(path):
    with open(path, "rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    at = 4

    def take(form):
        nonlocal at
        value = struct.unpack_from("<" + form, data, at)[0]
        at += struct.calcsize("<" + form)
        return value

    def text():
        nonlocal at
        length = take("Q")
        at += length
        return data[at - length : at].decode()

    def value(kind):
        if kind == 8:
            text()
        elif kind == 9:
            element, count = take("I"), take("Q")
            for _ in range(count):
                value(element)
        else:
            take("BbHhIif?xxQqd"[kind])

    take("I")
    tensor_count, key_count = take("Q"), take("Q")
    for _ in range(key_count):
        text()
        value(take("I"))
    described = []
    for _ in range(tensor_count):
        name = text()
        shape = [take("Q") for _ in range(take("I"))]
        described.append((name, shape, TENSOR_TYPES[take("I")], take("Q")))
    start = (at + 31) // 32 * 32
    found = {}
    for name, shape, (kind, block, size), offset in described:
        length = math.prod(shape) // block * size
        found[name] = (kind, data[start + offset : start + offset + length])
    return found


def by_layer(found):
    """Types by tensor with * for the layer."""
    types = {}
    for name in sorted(found, key=lambda n: (int((re.findall(r"\d+", n) or [0])[0]), n)):
        types.setdefault(re.sub(r"blk\.\d+", "blk.*", name), []).append(found[name][0])
    return types


def main(library_folder, model_folder, golden_folder):
    llama = load_llama(library_folder)
    work = Path(model_folder)
    golden = Path(golden_folder)
    golden.mkdir(parents=True, exist_ok=True)
    rows = {"bytes": [], "types": []}
    for kind, lines in rows.items():
        for source in sorted((work / kind).glob("*.gguf")):
            matrix = work / (kind + "-importances") / source.name
            ways = [(file_type, None) for file_type in FILE_TYPES]
            ways += [(file_type, matrix) for file_type in FILE_TYPES if file_type not in ("F16", "Q8_0")]
            for file_type, weighted in ways:
                # Of the types, an importance matrix changes those of Q4_0 alone.
                if kind == "types" and (file_type == "F16" or weighted and file_type != "Q4_0"):
                    continue
                found = quantised(llama, source, work / "quantised.gguf", file_type, weighted)
                head = [source.stem, file_type + (WEIGHTED if weighted else "")]
                if kind == "bytes":
                    for name, (tensor_type, content) in sorted(found.items()):
                        digest = hashlib.sha256(content).hexdigest()
                        lines.append(head + [name, tensor_type, digest])
                else:
                    for name, tensor_types in sorted(by_layer(found).items()):
                        lines.append(head + [name, ",".join(tensor_types)])
        text = "".join("\t".join(line) + "\n" for line in lines)
        (golden / (kind + ".tsv")).write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])

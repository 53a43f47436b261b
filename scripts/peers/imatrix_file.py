"""Writes an importance matrix with llama.cpp's own Python package, laid out as its imatrix tool does.

Usage: imatrix_file.py pipeline/src/test/resources/golden/quantise/python.imatrix
       imatrix_file.py --read FILE     prints what an imatrix file of ours holds
"""

import sys

import gguf
import numpy


def write(path):
    writer = gguf.GGUFWriter(path, "")
    writer.add_string("general.type", "imatrix")
    writer.add_array("imatrix.datasets", ["rows one", "rows two"])
    writer.add_uint32("imatrix.chunk_count", 3)
    writer.add_uint32("imatrix.chunk_size", 512)
    for name, sums, count in (
        ("blk.0.attn_q.weight", [0.5, 12.0, 0.0, 1e-3], 700),
        ("blk.0.ffn_down.weight", [4.0, 8.0], 700),
    ):
        writer.add_tensor(name + ".in_sum2", numpy.array([sums], dtype=numpy.float32))
        writer.add_tensor(name + ".counts", numpy.array([[count]], dtype=numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(path):
    reader = gguf.GGUFReader(path)
    for name in ("general.type", "imatrix.datasets", "imatrix.chunk_count", "imatrix.chunk_size"):
        print(name, reader.fields[name].contents())
    for tensor in reader.tensors:
        print(tensor.name, tensor.shape.tolist(), tensor.tensor_type.name, tensor.data.ravel()[:4].tolist())


if __name__ == "__main__":
    read(sys.argv[2]) if sys.argv[1] == "--read" else write(sys.argv[1])

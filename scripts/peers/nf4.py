"""4-bit NormalFloat with double quantisation, written from Dettmers et al. 2023 (QLoRA, section 3 and appendix E) and Dettmers et al. 2022
(8-bit Optimizers via Block-wise Quantization, section 2.2) in numpy: every value is compared with every code, in float64.

    python scripts/peers/nf4.py pipeline/src/test/resources/golden/nf4.json

writes SHA-256 of the quantised form of 1,024,000 weights, little-endian; Nf4Test compares ours with it. lora_steps.py uses quantised().
"""

import hashlib
import json
import sys

import numpy as np

BLOCK = 64
CONSTANT_BLOCK = 256
WEIGHTS = np.array(
    [
        -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334,
        -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
        0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0,
    ],
    dtype=np.float32,
)  # fmt: skip


def constant_values():
    """Dynamic exponent, linear fraction: 2^e values of either sign in the decade that ends at 10^(e - 6), then 0 and 1."""
    values = [0.0, 1.0]
    for exponent in range(7):
        edges = np.linspace(0.1, 1, 2**exponent + 1)
        for low, high in zip(edges[:-1], edges[1:]):
            middle = (low + high) / 2 * 10.0 ** (exponent - 6)
            values += [middle, -middle]
    return np.sort(np.array(values).astype(np.float32))


def nearest(blocks, values):
    """Codes of the nearest value, the lower of two, and each block's largest magnitude."""
    largest = np.abs(blocks).max(axis=1)
    scaled = blocks / np.where(largest == 0, np.float32(1), largest)[:, None]
    codes = np.empty(blocks.shape, dtype=np.uint8)
    for row in range(0, len(blocks), 256):
        part = scaled[row : row + 256].astype(np.float64)
        codes[row : row + 256] = np.abs(part[..., None] - values.astype(np.float64)).argmin(axis=-1)
    return codes, largest


def quantised(weights):
    """All parts of the quantised form of float32 weights, and the weights that come back, flat."""
    codes, absmax = nearest(weights.reshape(-1, BLOCK), WEIGHTS)
    offset = np.float32(absmax.astype(np.float64).mean())
    centred = absmax - offset
    padded = np.concatenate([centred, np.zeros(-len(centred) % CONSTANT_BLOCK, dtype=np.float32)])
    values = constant_values()
    constants, largest = nearest(padded.reshape(-1, CONSTANT_BLOCK), values)
    restored = (values[constants] * largest[:, None]).reshape(-1)[: len(absmax)] + offset
    pairs = codes.reshape(-1, 2)
    return {
        "codes": pairs[:, 0] << 4 | pairs[:, 1],
        "constants": constants.reshape(-1)[: len(absmax)],
        "largest": largest,
        "offset": offset,
        "restored": (WEIGHTS[codes] * restored[:, None]).reshape(-1),
    }


def example(count=1000 * 1024):
    """The same weights as in Nf4Test."""
    weights = np.empty(count, dtype=np.float32)
    state = 1
    for i in range(count):
        total = -2.0
        for _ in range(4):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
            total += (state >> 8) * 2.0**-24
        weights[i] = total * (1 + i // BLOCK % 7) / 64
    return weights


def main(out):
    weights = example()
    parts = {"weight_values": WEIGHTS, "constant_values": constant_values(), "weights": weights, **quantised(weights)}
    assert all(part.dtype in (np.float32, np.uint8) for part in parts.values())
    digests = {name: hashlib.sha256(part.tobytes()).hexdigest() for name, part in parts.items()}
    with open(out, "w") as file:
        json.dump(digests, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])

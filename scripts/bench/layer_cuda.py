"""Times the very TorchScript programs that the JVM runs, in PyTorch on a GPU: one Phi-4-shaped layer forward, again and backward, with a LoRA
adapter on bf16 and on NF4 weights and with DoRA; and checks that NF4 is on the GPU, bit for bit, what it is on the CPU.

    python scripts/bench/layer_cuda.py [--small]

--small uses a layer that fits anywhere and, without a GPU, the CPU. With PEFT and transformers installed, the same layer is timed there too.
"""

import io
import json
import pathlib
import struct
import sys
import time
import zipfile

import torch

SMALL = "--small" in sys.argv
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
HIDDEN, HEADS, KEY_VALUE, HEAD, FEED, TOKENS, RANK = (256, 4, 2, 64, 512, 64, 8) if SMALL else (5120, 40, 10, 128, 17920, 4096, 64)
SHAPES = [((HEADS + 2 * KEY_VALUE) * HEAD, HIDDEN), (HIDDEN, HEADS * HEAD), (2 * FEED, HIDDEN), (HIDDEN, FEED)]
SOURCES = pathlib.Path(__file__).parents[2] / "pipeline/src/main/resources/torchscript"
CHUNK = 1 << 24


def program(*names):
    """The archive that TorchScriptArchive.java writes."""
    key = b"training"
    pickle = b"\x80\x02c__torch__\nOps\n)\x81}(X" + struct.pack("<i", len(key)) + key + b"\x88ub."
    header = "class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("ops/data.pkl", pickle)
        archive.writestr("ops/byteorder", "little")
        archive.writestr("ops/code/__torch__.py", header + "".join((SOURCES / (part + ".ts")).read_text() for part in names))
        archive.writestr("ops/constants.pkl", b"\x80\x02).")
        archive.writestr("ops/version", "10\n")
    return torch.jit.load(io.BytesIO(memory.getvalue()), map_location="cpu")


VALUES = torch.tensor([-1, -0.6961928, -0.52507305, -0.3949175, -0.28444138, -0.18477343, -0.091050036, 0]
                      + [0.0795803, 0.1609302, 0.2461123, 0.33791524, 0.44070983, 0.562617, 0.72295684, 1])  # fmt: skip
PAIRS = torch.stack([VALUES.repeat_interleave(16), VALUES.repeat(16)], 1)


def constant_values():
    values = [0.0, 1.0]
    for exponent in range(7):
        for part in range(2**exponent):
            middle = (0.1 + 0.9 * (part + 0.5) / 2**exponent) * 10.0 ** (exponent - 6)
            values += [middle, -middle]
    return torch.tensor(sorted(values))


def limits(values):
    middle = (values[1:].double() + values[:-1].double()) / 2
    rounded = middle.float()
    return torch.where(rounded > middle, torch.nextafter(rounded, torch.tensor(-2.0)), rounded)


def quantise(nf4, weight):
    device = weight.device
    packed = nf4.bytes(weight.numel() // 2, weight)
    absmax = torch.zeros(weight.numel() // 64, device=device)
    flat = weight.reshape(-1)
    for first in range(0, flat.numel(), CHUNK):
        part = flat[first : first + CHUNK].float()
        nf4.quantise(part, 0, part.numel(), limits(VALUES).to(device), packed, absmax, first)
    return [packed] + nf4.quantise_constants(absmax, limits(constant_values()).to(device))


def restore(nf4, target, parts):
    device = target.device
    absmax = nf4.constants(parts[1], parts[2], parts[3], constant_values().to(device))
    return nf4.restore(target, parts[0], absmax, PAIRS.to(device), CHUNK)


def same_bits(nf4):
    weight = torch.randn(1000, 1024, generator=torch.Generator().manual_seed(1)) * 0.02
    here, there = quantise(nf4, weight), quantise(nf4, weight.to(DEVICE))
    equal = all(torch.equal(a, b.cpu()) for a, b in zip(here, there))
    ours = restore(nf4, torch.empty(1000, 1024), here).to(torch.bfloat16)
    theirs = restore(nf4, torch.empty(1000, 1024, dtype=torch.bfloat16, device=DEVICE), there).cpu()
    return equal, torch.equal(ours, theirs)


class Layer:
    """A layer as GradientPass runs it with recomputation: forward, then what the way back needs, then back; by hand, or DoRA by autograd."""

    def __init__(self, kind):
        self.decoder, self.nf4, self.kind = program("decoder", "gradient"), program("nf4"), kind
        dtype = torch.bfloat16
        self.weights = [(torch.randn(shape, device=DEVICE, dtype=dtype) * 0.02) for shape in SHAPES]
        norms = [torch.ones(HIDDEN, device=DEVICE, dtype=dtype) for _ in range(2)]
        if kind == "nf4":
            self.packed = [quantise(self.nf4, weight) for weight in self.weights]
            made = [self.nf4.buffer(list(shape), norms[0]) for shape in SHAPES]
            self.storage = [pair[0] for pair in made]
            self.weights = [pair[1] for pair in made]
        w = self.weights
        self.arguments = [norms[0], w[0], w[1], norms[1], w[2], w[3]]
        self.lora = []
        for rows, columns in SHAPES:
            a = (torch.randn(RANK, columns, device=DEVICE) * 0.02).requires_grad_()
            b = (torch.randn(rows, RANK, device=DEVICE) * 0.02).requires_grad_()
            m = (torch.rand(rows, device=DEVICE) + 1).requires_grad_() if kind == "dora" else torch.zeros(0, device=DEVICE)
            self.lora += [a, b, m]
        self.grads = [torch.zeros_like(part) for part in self.lora]
        self.tables = self.decoder.rotary(norms[0], TOKENS, HEAD, 10000.0, torch.ones(HEAD // 2), 1.0)
        self.none = torch.zeros(0, device=DEVICE)
        self.x = torch.randn(1, TOKENS, HIDDEN, device=DEVICE, dtype=dtype)

    def open(self):
        if self.kind == "nf4":
            with torch.no_grad():
                for storage, parts in zip(self.storage, self.packed):
                    restore(self.nf4, storage, parts)

    def forward(self, x):
        self.open()
        heads = [HEADS, KEY_VALUE, HEAD]
        return self.decoder.fused_layer(x, self.arguments, [], self.lora, *self.tables, self.none, [], [], heads, 1e-5, 0.25, 0.0)

    def step(self):
        with torch.no_grad():
            self.forward(self.x)
        if self.kind == "dora":
            self.traced()
        else:
            self.by_hand()

    def traced(self):
        x = self.x.detach().requires_grad_()
        self.forward(x).backward(self.x)
        return x.grad

    def by_hand(self):
        """What DirectGradients.java calls, in its order."""
        self.open()
        ops, w, lora, grads = self.decoder, self.arguments, self.lora, self.grads
        heads, numbers = [HEADS, KEY_VALUE, HEAD], [1e-5, 0.25, 0.0]
        with torch.no_grad():
            before = ops.before(self.x, w, [], lora, *self.tables, [], 1, heads, *numbers)
        q, k, v = [part.requires_grad_() for part in before[:3]]
        attended = ops.attend(q, k, v, self.none, [], [])
        with torch.no_grad():
            after = ops.after(self.x, attended, w, [], lora, 1, *numbers, False)
            back = ops.after_back(self.x, attended, after, w, lora, grads, 1, *numbers)
        attended.backward(back[0])
        with torch.no_grad():
            return ops.before_back(back[1], q.grad, k.grad, v.grad, self.x, before, w, lora, grads, *self.tables, 1, *numbers, True)

    def apart(self):
        """The way back by hand against autograd's: the largest difference in any gradient, beside the largest gradient."""
        pairs = [(self.by_hand(), self.traced())]
        pairs += [(grad, part.grad) for grad, part in zip(self.grads, self.lora) if part.numel()]
        return max(((ours - theirs).abs().max() / theirs.abs().max()).item() for ours, theirs in pairs)


def peft_layer():
    """The same work in transformers and PEFT: one decoder layer under torch's own recomputation, bf16, attention by sdpa."""
    from peft import LoraConfig, inject_adapter_in_model
    from transformers import Phi3Config
    from transformers.models.phi3.modeling_phi3 import Phi3DecoderLayer, Phi3RotaryEmbedding

    config = Phi3Config(
        hidden_size=HIDDEN, num_attention_heads=HEADS, num_key_value_heads=KEY_VALUE, intermediate_size=FEED,
        num_hidden_layers=1, vocab_size=128, pad_token_id=0, max_position_embeddings=TOKENS, attn_implementation="sdpa",
    )  # fmt: skip
    layer = torch.nn.ModuleList([Phi3DecoderLayer(config, 0)]).to(DEVICE, torch.bfloat16)
    targets = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
    layer = inject_adapter_in_model(LoraConfig(r=RANK, lora_alpha=16, lora_dropout=0.0, target_modules=targets), layer)
    for name, parameter in layer.named_parameters():
        parameter.requires_grad_("lora_" in name)
        if "lora_" in name:
            parameter.data = parameter.data.float()
    x = torch.randn(1, TOKENS, HIDDEN, device=DEVICE, dtype=torch.bfloat16)
    positions = torch.arange(TOKENS, device=DEVICE)[None]
    rotary = Phi3RotaryEmbedding(config).to(DEVICE)(x, positions)

    def step():
        leaf = x.detach().requires_grad_()
        call = lambda y: layer[0](y, position_embeddings=rotary, position_ids=positions)
        out = torch.utils.checkpoint.checkpoint(call, leaf, use_reentrant=False)
        (out[0] if isinstance(out, tuple) else out).backward(x)

    return step


def measure(step, repeats=3 if SMALL else 20):
    cuda = DEVICE == "cuda"
    for _ in range(3):
        step()
    if cuda:
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        step()
        if cuda:
            torch.cuda.synchronize()
        times.append((time.perf_counter() - started) * 1e3)
    peak = torch.cuda.max_memory_allocated() / 1e9 if cuda else 0.0
    return {"median_ms": round(sorted(times)[len(times) // 2], 2), "peak_gb": round(peak, 3)}


def main():
    torch._C._jit_set_profiling_executor(False)
    torch._C._set_graph_executor_optimize(False)
    results = {"device": torch.cuda.get_device_name() if DEVICE == "cuda" else "cpu", "torch": torch.__version__, "tokens": TOKENS}
    results["nf4 codes equal CPU's"], results["nf4 restored equal CPU's"] = same_bits(program("nf4"))
    for kind in ("lora", "nf4", "dora"):
        layer = Layer(kind)
        if kind != "dora":
            results[kind + ", by hand and by autograd apart"] = layer.apart()
        results[kind] = measure(layer.step)
        if kind == "nf4":
            results["restore alone"] = measure(layer.open)
        del layer
        if DEVICE == "cuda":
            torch.cuda.empty_cache()
    try:
        results["peft lora"] = measure(peft_layer())
    except ImportError as error:
        results["peft lora"] = str(error)
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()

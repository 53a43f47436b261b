"""Races optimiser steps of this project against transformers + PEFT in eager PyTorch: the same weights, adapter, batch, dtype (float32), optimiser
(fused AdamW, clipping at 1) and thread count, on the CPU.

    python scripts/peers/race.py [--pairs 15] [--threads 1,2] [--shapes 256x8x1024,...] [--options checkpointing]

A shape is HIDDENxLAYERSxTOKENS of a random Llama (heads of 64, half as many key-value heads, feed-forward of 3 H, 4,096 tokens of vocabulary),
one row of TOKENS tokens, LoRA of rank 16 on all linear layers. Both sides stay loaded and take turns, who begins changes each time; a turn is as
many steps as take about a second. What is compared is the CPU time of the whole process, which other work on the machine disturbs least. The
losses of both sides are compared too. GFLOP/s counts 4 N + 6 N_lora + 6 T L H a token (see docs/benchmarks.md); the plain matmul beside it is
[TOKENS, H] x [H, 3 H] in the peer's process, at the same thread count, in the same minute.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[2]
VOCABULARY = 4096
RANK = 16
# As scripts/pipeline sets them.
MALLOC = (
    "glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0:glibc.malloc.arena_max=1"
    ":glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824"
)


def model(shape):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    hidden, layers, tokens = shape
    head = 64 if hidden >= 128 else 32
    torch.manual_seed(hidden)
    return LlamaForCausalLM(
        LlamaConfig(
            hidden_size=hidden,
            intermediate_size=3 * hidden,
            num_hidden_layers=layers,
            num_attention_heads=hidden // head,
            num_key_value_heads=max(1, hidden // head // 2),
            vocab_size=VOCABULARY,
            max_position_embeddings=max(2048, tokens),
            tie_word_embeddings=False,
        )
    )


def prepare(folder, shape):
    import torch
    from peft import LoraConfig, get_peft_model

    base = model(shape)
    base.save_pretrained(folder / "base")
    targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    tuned = get_peft_model(base, LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules=targets, task_type="CAUSAL_LM"))
    tuned.save_pretrained(folder / "adapter")
    ids = torch.randint(0, VOCABULARY, (1, shape[2] + 1), generator=torch.Generator().manual_seed(1))
    (folder / "ids.json").write_text(json.dumps(ids.tolist()))


def peer(folder, threads, checkpointing):
    """The other side of StepServer: counts of steps on standard input, losses on standard output; "m" times the plain matmul."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    base = AutoModelForCausalLM.from_pretrained(folder / "base", dtype=torch.float32)
    tuned = PeftModel.from_pretrained(base, folder / "adapter", is_trainable=True)
    if checkpointing:
        tuned.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        tuned.enable_input_require_grads()
    tuned.train()
    ids = torch.tensor(json.loads((folder / "ids.json").read_text()))
    parameters = [p for p in tuned.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.0, fused=True)
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "m":
            print(matmul(torch, ids.shape[1] - 1, base.config.hidden_size), flush=True)
            continue
        for _ in range(int(line)):
            logits = tuned(input_ids=ids[:, :-1], use_cache=False).logits
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1).float(), ids[:, 1:].flatten())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad()
        print(loss.item(), flush=True)


def matmul(torch, tokens, hidden):
    x, w = torch.randn(tokens, hidden), torch.randn(3 * hidden, hidden)
    times = []
    with torch.no_grad():
        for _ in range(20):
            started = time.process_time()
            torch.nn.functional.linear(x, w)
            times.append(time.process_time() - started)
    return 6 * tokens * hidden * hidden / statistics.median(times) / 1e9


class Side:
    """A process that does steps when told."""

    def __init__(self, command, **settings):
        environment = dict(os.environ, OMP_WAIT_POLICY="PASSIVE", **settings)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self.clock = (~self.process.pid) << 3 | 2  # The CPU-time clock of a process, as clock_getcpuclockid(3) makes it.
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit("this side did not start: " + " ".join(map(str, command)))

    def ask(self, line):
        started, cpu = time.monotonic(), time.clock_gettime(self.clock)
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer = float(self.process.stdout.readline())
        return time.clock_gettime(self.clock) - cpu, time.monotonic() - started, answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def java(work):
    """The command that starts StepServer."""
    classes = work / "classes"
    jars = f"{ROOT}/pipeline/target/pipeline.jar:{ROOT}/pipeline/target/lib/*"
    subprocess.run(["javac", "-cp", jars, "-d", classes, ROOT / "scripts/bench/StepServer.java"], check=True)
    return ["java", "-Xmx512m", "-XX:+UseSerialGC", "-Xlog:disable", "-cp", f"{classes}:{jars}", "dev.pipeline.train.StepServer"]


def flops(shape):
    hidden, layers, tokens = shape
    key_value = max(1, hidden // (64 if hidden >= 128 else 32) // 2) * (64 if hidden >= 128 else 32)
    sizes = [(hidden, hidden), (hidden, key_value), (hidden, key_value), (hidden, hidden)] + 3 * [(hidden, 3 * hidden)]
    weights = layers * sum(a * b for a, b in sizes) + VOCABULARY * hidden
    lora = layers * RANK * sum(a + b for a, b in sizes)
    return tokens * (4 * weights + 6 * lora + 6 * tokens * layers * hidden)


def race(work, shape, threads, pairs, options):
    folder = work / "x".join(map(str, shape))
    if not folder.exists():
        prepare(folder, shape)
    command = java(work) + [folder / "base", folder / "adapter", folder / "ids.json", str(threads)] + options
    ours = Side(command, GLIBC_TUNABLES=MALLOC)
    theirs = Side([sys.executable, __file__, "--peer", folder, "--threads", str(threads), "--options", ",".join(options)])
    sides = [ours, theirs]
    warm = [[side.ask(1), side.ask(3)] for side in sides]
    steps = max(1, round(1 / max(warm[0][1][0] / 3, 1e-3)))
    ratios, walls, speeds = [], [], []
    plain = [theirs.ask("m")[2]]
    for pair in range(pairs):
        found = {}
        for side in sides if pair % 2 == 0 else sides[::-1]:
            found[side] = side.ask(steps)
        ratios.append(found[theirs][0] / found[ours][0])
        walls.append(found[theirs][1] / found[ours][1])
        speeds.append(flops(shape) * steps / found[ours][0] / 1e9)
        plain.append(theirs.ask("m")[2])
    apart = abs(found[ours][2] / found[theirs][2] - 1)
    for side in sides:
        side.close()
    speed, matmuls = statistics.median(speeds), statistics.median(plain)
    print(
        f"| {shape[0]} | {shape[1]} | {shape[2]} | {threads} | {statistics.median(ratios):.2f} | {min(ratios):.2f} to {max(ratios):.2f} "
        f"| {statistics.median(walls):.2f} | {speed:.0f} | {matmuls:.0f} | {100 * speed / matmuls:.0f} % | {apart:.0e} |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--shapes", default="64x4x512,256x8x512,512x8x512,1024x4x512,1024x4x1024")
    parser.add_argument("--options", default="")
    chosen = parser.parse_args()
    options = [option for option in chosen.options.split(",") if option]
    if chosen.peer:
        peer(chosen.peer, int(chosen.threads), "checkpointing" in options)
        return
    print("| hidden | layers | tokens | threads | PEFT / ours, CPU time | range | wall time | GFLOP/s a core | matmul | of it | losses apart |")
    print("|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as work:
        for shape in chosen.shapes.split(","):
            for threads in chosen.threads.split(","):
                race(pathlib.Path(work), tuple(map(int, shape.split("x"))), int(threads), chosen.pairs, options)


if __name__ == "__main__":
    main()

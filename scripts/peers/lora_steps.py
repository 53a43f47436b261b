"""Trains adapters with transformers and PEFT on the shipped base and records the loss of each step.

    python scripts/peers/lora_steps.py artifacts/base datasets/raw/chat.jsonl pipeline/src/test/resources/golden/lora_steps.json

The file holds rows (token ids, of which those from first_trained on carry loss), the rows of each step in order, the settings, and for each run
the losses of 50 steps. Every run starts from the same adapter: A and B (and m) follow from their PEFT names by values(), which LoraStepsTest
repeats, so that no weights need to be kept. float32, dropout 0, AdamW, gradients clipped by their norm, cosine with warm-up, the loss a mean over
all trained tokens of a step. In "qlora" the base's linear weights are those that come back from NF4 (nf4.py).
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, get_cosine_schedule_with_warmup

from nf4 import quantised

STEPS = 50
ROWS = 40
ROWS_A_STEP = 8
SETTINGS = {"r": 4, "lora_alpha": 8, "learning_rate": 2e-3, "warmup_steps": 5, "weight_decay": 0.01, "max_grad_norm": 1.0}
RUNS = {
    "lora": {},
    "rslora": {"use_rslora": True},
    "dora": {"use_dora": True},
    "qlora": {},
}


def values(name, shape):
    """Numbers in [-0.05, 0.05) from a linear congruential generator that is seeded with a hash of the name."""
    state = 0
    for byte in name.encode():
        state = (state * 31 + byte) & 0xFFFFFFFF
    numbers = []
    for _ in range(shape.numel()):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        numbers.append(((state >> 8) * 2.0**-24 - 0.5) / 10)
    return torch.tensor(numbers, dtype=torch.float64).to(torch.float32).view(shape)


def rows(base, file):
    """The first two messages of conversations as prompt and answer, cut to many lengths."""
    tokenizer = AutoTokenizer.from_pretrained(base)
    found = []
    for line in pathlib.Path(file).read_text(encoding="utf-8", errors="replace").splitlines()[:ROWS]:
        messages = json.loads(line)["messages"]
        prompt, answer = (tokenizer(m["text"], add_special_tokens=False).input_ids for m in messages[:2])
        prompt, answer = prompt[: 3 + len(found) * 7 % 9], answer[: 3 + len(found) * 5 % 13]
        found.append({"ids": prompt + answer, "first_trained": len(prompt)})
    return found


def batch(chosen):
    """Ids, labels and attention mask [B, T], padded on the right."""
    length = max(len(row["ids"]) for row in chosen)
    ids = torch.zeros(len(chosen), length, dtype=torch.int64)
    labels = torch.full_like(ids, -100)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(chosen):
        end = len(row["ids"])
        ids[i, :end] = torch.tensor(row["ids"])
        labels[i, row["first_trained"] : end] = ids[i, row["first_trained"] : end]
        mask[i, :end] = 1
    return ids, labels, mask


def train(base, run, examples, order):
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager")
    if run == "qlora":
        with torch.no_grad():
            for layer in model.model.layers:
                for module in layer.modules():
                    if isinstance(module, torch.nn.Linear):
                        restored = quantised(module.weight.numpy())["restored"]
                        module.weight.copy_(torch.from_numpy(restored).view_as(module.weight))
    config = LoraConfig(
        r=SETTINGS["r"], lora_alpha=SETTINGS["lora_alpha"], lora_dropout=0.0, target_modules="all-linear", **RUNS[run]
    )
    model = get_peft_model(model, config).train()
    trained = {n.replace(".default", ""): p for n, p in model.named_parameters() if p.requires_grad}
    with torch.no_grad():
        for name, parameter in trained.items():
            if "magnitude" not in name:
                parameter.copy_(values(name, parameter.shape))
    optimizer = torch.optim.AdamW(trained.values(), lr=SETTINGS["learning_rate"], weight_decay=SETTINGS["weight_decay"])
    schedule = get_cosine_schedule_with_warmup(optimizer, SETTINGS["warmup_steps"], STEPS)
    losses = []
    for step in order:
        ids, labels, mask = batch([examples[i] for i in step])
        logits = model(input_ids=ids, attention_mask=mask).logits
        loss = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=-100)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained.values(), SETTINGS["max_grad_norm"])
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    print(run, losses[0], losses[-1], file=sys.stderr)
    return losses


def main(base, file, out):
    torch.set_num_threads(1)
    examples = rows(base, file)
    generator = torch.Generator().manual_seed(1)
    order = []
    while len(order) < STEPS:
        order += torch.randperm(ROWS, generator=generator).view(-1, ROWS_A_STEP).tolist()
    order = order[:STEPS]
    losses = {run: train(base, run, examples, order) for run in RUNS}
    with open(out, "w") as written:
        json.dump({"settings": SETTINGS, "rows": examples, "order": order, "losses": losses}, written, separators=(",", ":"))
        written.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])

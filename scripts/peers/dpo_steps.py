"""Trains an adapter with TRL's DPOTrainer on the shipped base and records the loss and the margin of each step.

    python scripts/peers/dpo_steps.py artifacts/base datasets/raw/chat.jsonl pipeline/src/test/resources/golden/dpo_steps.json

The adapter that training starts from is also the reference; A and B follow from their PEFT names by values() of lora_steps.py, which
DpoStepsTest repeats. The better answer to a conversation's first message is the second one, the worse answer is that of another conversation.
The trainer sees the pairs in file order, so that the rows of each step follow from its number. float32, no dropout, AdamW, gradients clipped by
their norm, cosine with warm-up.
"""

import json
import pathlib
import sys
import tempfile

import torch
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from torch.utils.data import SequentialSampler
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import DPOConfig, DPOTrainer

from lora_steps import values

STEPS = 30
PAIRS_A_STEP = 4
CONVERSATIONS = 40
SETTINGS = {
    "r": 4,
    "lora_alpha": 8,
    "beta": 0.1,
    "learning_rate": 1e-3,
    "warmup_steps": 3,
    "weight_decay": 0.01,
    "max_grad_norm": 1.0,
    "pairs_a_step": PAIRS_A_STEP,
}


class InOrder(DPOTrainer):
    """Takes the pairs in file order, and keeps each step's figures unrounded."""

    def __init__(self, *arguments, **keywords):
        self.figures = []
        super().__init__(*arguments, **keywords)

    def _get_train_sampler(self, *_):
        return SequentialSampler(self.train_dataset)

    def compute_loss(self, *arguments, **keywords):
        loss = super().compute_loss(*arguments, **keywords)
        self.figures.append({"loss": loss.item(), "margin": self._metrics["train"]["rewards/margins"][-1]})
        return loss


def texts(file):
    answers = []
    for line in pathlib.Path(file).read_text(encoding="utf-8", errors="replace").splitlines()[:CONVERSATIONS]:
        answers.append([message["text"] for message in json.loads(line)["messages"][:2]])
    return answers


def pairs(tokenizer, file):
    """Token ids, cut to many lengths."""
    cut = lambda text, length: tokenizer(text, add_special_tokens=False).input_ids[:length]
    found = []
    answers = texts(file)
    while len(found) < STEPS * PAIRS_A_STEP:
        i = len(found)
        prompt, chosen = answers[i % len(answers)]
        rejected = answers[(i * 7 + 3) % len(answers)][1]
        row = (cut(prompt, 3 + i * 7 % 9), cut(chosen, 3 + i * 5 % 13), cut(rejected, 3 + i * 3 % 11))
        found.append(dict(zip(("prompt_ids", "chosen_ids", "rejected_ids"), row, strict=True)))
    return found


def model(base):
    loaded = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager")
    config = LoraConfig(r=SETTINGS["r"], lora_alpha=SETTINGS["lora_alpha"], lora_dropout=0.0, target_modules="all-linear", task_type="CAUSAL_LM")
    loaded = get_peft_model(loaded, config)
    with torch.no_grad():
        for name, parameter in loaded.named_parameters():
            if parameter.requires_grad:
                parameter.copy_(values(name.replace(".default", ""), parameter.shape))
    return loaded


def main(base, file, out):
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(base)
    rows = pairs(tokenizer, file)
    with tempfile.TemporaryDirectory() as folder:
        arguments = DPOConfig(
            output_dir=folder,
            max_steps=STEPS,
            per_device_train_batch_size=PAIRS_A_STEP,
            learning_rate=SETTINGS["learning_rate"],
            lr_scheduler_type="cosine",
            warmup_steps=SETTINGS["warmup_steps"],
            weight_decay=SETTINGS["weight_decay"],
            max_grad_norm=SETTINGS["max_grad_norm"],
            beta=SETTINGS["beta"],
            use_cpu=True,
            bf16=False,
            gradient_checkpointing=False,
            save_strategy="no",
            report_to="none",
            pad_token=tokenizer.eos_token,
        )
        InOrder._prepare_dataset = lambda self, dataset, *_: dataset
        trainer = InOrder(model=model(base), args=arguments, train_dataset=Dataset.from_list(rows), processing_class=tokenizer)
        trainer.train()
    print(trainer.figures[0], trainer.figures[-1], file=sys.stderr)
    compact = [[row["prompt_ids"], row["chosen_ids"], row["rejected_ids"]] for row in rows]
    with open(out, "w") as written:
        json.dump({"settings": SETTINGS, "pairs": compact, "steps": trainer.figures}, written, separators=(",", ":"))
        written.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""Records TRL's preference losses, and their gradients with respect to the logits, on small random logits.

    python scripts/peers/preference_losses.py pipeline/src/test/resources/golden/preference_losses.json

The trainers' own methods are called with a model that answers with given logits, pair by pair: DPOTrainer._compute_loss, and the odds ratio
and SimPO of the experimental ORPO and CPO trainers. Of each pair the file holds the answers' tokens and the logits that predict them, those of
the policy and those of the reference; of each loss its settings and, for each pair, value, gradients and metrics. float64, but for the odds
ratio, which TRL computes in float32.
"""

import json
import math
import sys
import types

import torch
from trl.experimental.cpo.cpo_trainer import CPOTrainer
from trl.experimental.orpo.orpo_trainer import ORPOTrainer
from trl.trainer.dpo_trainer import DPOTrainer

VOCABULARY = 5
PROMPT = 2
LENGTHS = [(3, 5), (6, 2), (4, 4)]
# TRL's "aot" sorts the pairs of a batch and then smooths as cDPO does; with one pair a batch there is nothing to sort.
LOSSES = {
    "dpo": {"trainer": "dpo", "loss_type": ["sigmoid"], "beta": 0.1},
    "dpo_steep": {"trainer": "dpo", "loss_type": ["sigmoid"], "beta": 3.0},
    "cdpo": {"trainer": "dpo", "loss_type": ["aot"], "beta": 0.3, "label_smoothing": 0.1},
    "sigmoid_norm": {"trainer": "dpo", "loss_type": ["sigmoid_norm"], "beta": 5.0},
    "ipo": {"trainer": "dpo", "loss_type": ["ipo"], "beta": 0.1},
    "ld_dpo": {"trainer": "dpo", "loss_type": ["sigmoid"], "beta": 0.2, "ld_alpha": 0.5},
    "rpo": {"trainer": "dpo", "loss_type": ["sigmoid", "sft"], "beta": 0.1, "rpo_alpha": 0.7},
    "orpo": {"trainer": "orpo", "beta": 0.1},
    "simpo": {"trainer": "cpo", "beta": 2.0, "simpo_gamma": 0.5},
}


class Answers(torch.nn.Module):
    """Says what it was told to say."""

    is_gradient_checkpointing = False

    def __init__(self, logits):
        super().__init__()
        self.logits = logits

    def forward(self, *arguments, **keywords):
        return types.SimpleNamespace(logits=self.logits * 1)


def accelerator():
    same = lambda x: x
    return types.SimpleNamespace(device=torch.device("cpu"), gather=same, gather_for_metrics=same)


def dpo(settings, policy, reference, ids, mask):
    metrics = {"train": __import__("collections").defaultdict(list)}
    trainer = types.SimpleNamespace(
        aux_loss_enabled=False,
        ld_alpha=settings.get("ld_alpha"),
        precompute_ref_logps=False,
        ref_model=Answers(reference),
        model=Answers(policy),
        args=types.SimpleNamespace(gradient_checkpointing_kwargs=None),
        f_divergence_type="reverse_kl",
        loss_types=settings["loss_type"],
        loss_weights=[1.0, settings.get("rpo_alpha", 1.0)][: len(settings["loss_type"])],
        beta=settings["beta"],
        label_smoothing=settings.get("label_smoothing", 0.0),
        use_weighting=False,
        accelerator=accelerator(),
        _metrics=metrics,
        _total_train_tokens=0,
        _tp_size=1,
    )
    inputs = {"input_ids": ids, "attention_mask": (ids >= 0).long(), "completion_mask": mask}
    loss = DPOTrainer._compute_loss(trainer, trainer.model, inputs, False)
    return loss, {name: values[0] for name, values in metrics["train"].items() if "/" in name and "logits" not in name}


def reference_free(kind, settings, policy, ids, mask):
    labels = torch.where(mask == 1, ids, -100)
    # ORPO's likelihood takes in what the attention mask shows; it is to be that of the answer alone.
    attention = mask if kind is ORPOTrainer else torch.ones_like(ids)
    trainer = types.SimpleNamespace(
        is_encoder_decoder=False,
        padding_value=0,
        pad_token_id=0,
        aux_loss_enabled=False,
        accelerator=accelerator(),
        beta=settings["beta"],
        alpha=0.0,
        cpo_alpha=0.0,
        loss_type="simpo",
        label_smoothing=0.0,
        simpo_gamma=settings.get("simpo_gamma", 0.0),
        get_batch_logps=kind.get_batch_logps,
        concatenated_inputs=lambda batch, **_: {
            "concatenated_input_ids": ids,
            "concatenated_attention_mask": attention,
            "concatenated_labels": labels,
        },
    )
    trainer.concatenated_forward = lambda model, batch: kind.concatenated_forward(trainer, model, batch)
    for name in ("odds_ratio_loss", "cpo_loss"):
        if hasattr(kind, name):
            setattr(trainer, name, lambda c, r, method=getattr(kind, name): method(trainer, c, r))
    loss, metrics = kind.get_batch_loss_metrics(trainer, Answers(policy), {"chosen_labels": labels[:1]})
    return loss, {name: value for name, value in metrics.items() if name.startswith(("rewards/", "logps/"))}


def pair(lengths, generator):
    """Ids [2, T] (0 pads), the mask of the answers, and two sets of logits [2, T, V]."""
    total = PROMPT + max(lengths)
    ids = torch.randint(1, VOCABULARY, (2, total), generator=generator)
    mask = torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        ids[row, PROMPT + length :] = 0
        mask[row, PROMPT : PROMPT + length] = 1
    both = [torch.randn(2, total, VOCABULARY, generator=generator, dtype=torch.float64) * 2 for _ in range(2)]
    return ids, mask, both


def predicting(tensor, lengths):
    """The rows that predict the answers' tokens."""
    ends = [PROMPT - 1 + length for length in lengths]
    return [tensor[row, PROMPT - 1 : end].tolist() for row, end in enumerate(ends)]


def main(out):
    generator = torch.Generator().manual_seed(4)
    pairs = [pair(lengths, generator) for lengths in LENGTHS]
    found = {"pairs": [], "losses": {}}
    for lengths, (ids, mask, (policy, reference)) in zip(LENGTHS, pairs, strict=True):
        answers = [ids[row, PROMPT : PROMPT + length].tolist() for row, length in enumerate(lengths)]
        found["pairs"].append({"ids": answers, "policy": predicting(policy, lengths), "reference": predicting(reference, lengths)})
    for name, settings in LOSSES.items():
        results = []
        for lengths, (ids, mask, (policy, reference)) in zip(LENGTHS, pairs, strict=True):
            logits = policy.clone().requires_grad_()
            if settings["trainer"] == "dpo":
                loss, metrics = dpo(settings, logits, reference, ids, mask)
            else:
                kind = ORPOTrainer if settings["trainer"] == "orpo" else CPOTrainer
                loss, metrics = reference_free(kind, settings, logits, ids, mask)
            loss.backward()
            rows = predicting(logits.grad, lengths)
            inside = sum(abs(x) for answer in rows for row in answer for x in row)
            assert math.isclose(logits.grad.abs().sum().item(), inside, rel_tol=1e-12), "prompts and padding carry none"
            results.append({"value": loss.item(), "gradient": rows, "metrics": metrics})
        found["losses"][name] = {"settings": settings, "pairs": results}
        print(name, [result["value"] for result in results], file=sys.stderr)
    with open(out, "w") as written:
        json.dump(found, written, separators=(",", ":"))
        written.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])

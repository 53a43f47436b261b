"""Makes the golden fixtures of ArchitectureParityTest: tiny random models and what transformers computes with them.

    python scripts/peers/architecture_logits.py pipeline/src/test/resources/architectures

Each variant gets a folder: config.json (as old models on the hub write it, or as transformers 5 does), model.safetensors (BF16, so that the
fixture is small and the float32 computation starts from the same numbers) and logits.safetensors with three batches, each of two rows:

    full_ids [2, 20]     full_logits [2, 20, V]
    padded_ids [2, 20]   padded_lengths [2]   padded_logits [20 + 11, V]   without the positions that pad
    packed_ids [2, 12]   packed_samples [4]   packed_logits [2, 12, V]     two samples a row, positions restarting
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

VOCABULARY = 48
LENGTH = 20
PADDED = [20, 11]
PACKED = [[5, 7], [9, 3]]
BASE = dict(
    hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    vocab_size=VOCABULARY, max_position_embeddings=256, tie_word_embeddings=False,
    pad_token_id=0, bos_token_id=1, eos_token_id=2,
)
LLAMA = dict(BASE, architectures=["LlamaForCausalLM"], model_type="llama", hidden_act="silu", rms_norm_eps=1e-5, rope_theta=500.0)
MISTRAL = dict(LLAMA, architectures=["MistralForCausalLM"], model_type="mistral", rope_theta=10000.0)
PHI3 = dict(LLAMA, architectures=["Phi3ForCausalLM"], model_type="phi3", original_max_position_embeddings=64)
QWEN2 = dict(LLAMA, architectures=["Qwen2ForCausalLM"], model_type="qwen2", rms_norm_eps=1e-6, rope_theta=1000000.0)
QWEN2 |= dict(use_sliding_window=False, sliding_window=5, max_window_layers=1)
QWEN3 = dict(QWEN2, architectures=["Qwen3ForCausalLM"], model_type="qwen3", head_dim=16, attention_bias=False)
PHI = dict(BASE, architectures=["PhiForCausalLM"], model_type="phi", hidden_act="gelu_new", layer_norm_eps=1e-5)
PHI |= dict(num_key_value_heads=4, rope_theta=10000.0, partial_rotary_factor=0.5)

LLAMA3 = dict(factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=64)
SHORT = [1.05, 1.2, 1.4, 1.9]
LONG = [1.1, 2.3, 5.0, 9.0]
LONGROPE = dict(short_factor=SHORT, long_factor=LONG)
PARTIAL = dict(short_factor=SHORT[:3], long_factor=LONG[:3])

VARIANTS = {
    "llama": dict(LLAMA, num_key_value_heads=4),
    "llama_tied": dict(LLAMA, tie_word_embeddings=True, num_key_value_heads=1),
    "llama_linear": dict(LLAMA, rope_scaling=dict(type="linear", factor=4.0)),
    "llama_llama3": dict(LLAMA, rope_scaling=dict(LLAMA3, rope_type="llama3"), tie_word_embeddings=True),
    "llama_llama3_v5": dict(LLAMA, rope_scaling=dict(LLAMA3, rope_type="llama3"), head_dim=16),
    "llama_longrope": dict(LLAMA, rope_scaling=dict(LONGROPE, rope_type="longrope", original_max_position_embeddings=64)),
    "llama_biases": dict(LLAMA, attention_bias=True, mlp_bias=True),
    "mistral_window": dict(MISTRAL, sliding_window=6),
    "mistral_full": dict(MISTRAL, sliding_window=None, head_dim=16),
    "phi3_window": dict(PHI3, num_key_value_heads=4, sliding_window=7),
    "phi3_longrope_short": dict(PHI3, rope_scaling=dict(LONGROPE, type="su", original_max_position_embeddings=64), sliding_window=4096),
    "phi3_longrope_long": dict(PHI3, original_max_position_embeddings=8, rope_scaling=dict(LONGROPE, type="longrope")),
    "phi3_longrope_window": dict(
        PHI3, original_max_position_embeddings=16, rope_scaling=dict(LONGROPE, type="longrope"), sliding_window=5
    ),
    "phi4": dict(PHI3, rope_theta=250000.0, sliding_window=None, original_max_position_embeddings=256),
    "phi4_mini": dict(
        PHI3, partial_rotary_factor=0.75, rope_scaling=dict(PARTIAL, type="longrope"), tie_word_embeddings=True
    ),
    "phi4_mini_v5": dict(
        PHI3, partial_rotary_factor=0.75, rope_scaling=dict(PARTIAL, type="longrope"), original_max_position_embeddings=16
    ),
    "qwen2": dict(QWEN2, tie_word_embeddings=True),
    "qwen2_window": dict(QWEN2, use_sliding_window=True),
    "qwen3": dict(QWEN3, tie_word_embeddings=True),
    "qwen3_v5": dict(QWEN3, use_sliding_window=True, attention_bias=True),
    "phi": PHI,
    "phi_v5": dict(PHI, num_attention_heads=2, num_key_value_heads=1, partial_rotary_factor=0.375),
}


def randomise(model, generator):
    """Weights large enough for attention to choose and for a misplaced norm or bias to show, exact in BF16."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        norm = "norm" in name and name.endswith("weight")
        values = 1 + 0.3 * noise if norm else (0.25 if parameter.dim() > 1 else 0.3) * noise
        parameter.data = values.bfloat16().float()


def packed_positions():
    return torch.tensor([[i for length in row for i in range(length)] for row in PACKED])


def batches(model, generator):
    def ids(columns):
        return torch.randint(3, VOCABULARY, (2, columns), generator=generator)

    full, packed, padded = ids(LENGTH), ids(sum(PACKED[0])), ids(LENGTH)
    mask = torch.arange(LENGTH)[None] < torch.tensor(PADDED)[:, None]
    padded[~mask] = 0
    padded_logits = model(padded, attention_mask=mask.long()).logits
    packed_logits = model(packed, position_ids=packed_positions(), use_cache=False).logits
    alone = [model(part[None]).logits[0] for row, lengths in zip(packed, PACKED) for part in row.split(lengths)]
    difference = (torch.cat(alone).view_as(packed_logits) - packed_logits).abs().max()
    rope = model.config.rope_parameters
    # longrope chooses by the longest sample of the batch, so a short sample alone may turn otherwise.
    if rope["rope_type"] != "longrope" or rope["original_max_position_embeddings"] > max(map(max, PACKED)):
        assert difference < 2e-5, difference
    return {
        "full_ids": full,
        "full_logits": model(full).logits,
        "padded_ids": padded,
        "padded_lengths": torch.tensor(PADDED),
        "padded_logits": padded_logits[mask],
        "packed_ids": packed,
        "packed_samples": torch.tensor(PACKED).flatten(),
        "packed_logits": packed_logits,
    }


def write(folder, name, config, seed):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    loaded = AutoConfig.from_pretrained(folder)
    if name.endswith("_v5"):
        loaded.save_pretrained(folder)
    generator = torch.Generator().manual_seed(seed)
    model = AutoModelForCausalLM.from_config(loaded, attn_implementation="eager", dtype=torch.float32).eval()
    randomise(model, generator)
    weights = {key: value.bfloat16().contiguous() for key, value in model.named_parameters()}
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    tensors = {key: value.contiguous() for key, value in batches(model, generator).items()}
    save_file(tensors, folder / "logits.safetensors")
    print(f"{name}: {sum(p.numel() for p in model.parameters())} parameters, logits up to {tensors['full_logits'].abs().max():.1f}")


def main(target):
    torch.set_num_threads(1)
    with torch.no_grad():
        for seed, (name, config) in enumerate(VARIANTS.items()):
            write(pathlib.Path(target) / name, name, config, seed)


if __name__ == "__main__":
    main(sys.argv[1])

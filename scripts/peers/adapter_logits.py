"""Loads an adapter that pipeline wrote with PEFT on the base in transformers and records its logits.

    python scripts/peers/adapter_logits.py BASE_FOLDER ADAPTER_FOLDER OUT.safetensors [PROMPTS]

The output holds, for each of the first PROMPTS prompts i: text_i (its UTF-8 bytes), ids_i (int64 [T]), base_i and tuned_i (float32 [4, V], the
logits of the last four positions), all computed in float32. AdapterParityTest compares ours with them.
"""

import sys

import torch
from peft import PeftModel
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

PROMPTS = [
    "We can hold the price until the end of the quarter.",
    "Could you share the index you based the surcharge on?",
    "The pallets arrived two days late, and the cold store was full.",
    "Context:\nRound: 2\nSupplier sentiment: wary\nOutstanding asks: none\n\nMessage:\nThe mill closed for a week.",
    "[PERSON_1] from [COMPANY_1] wrote that EUR 10 to 20 per kg is all they can do.",
    "naïve café über façade, 価格 €",
]


def last_logits(model, ids):
    with torch.no_grad():
        return model(input_ids=ids).logits[0, -4:].float().contiguous()


def main(base, adapter, out, prompts=len(PROMPTS)):
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager").eval()
    tensors = {}
    for i, prompt in enumerate(PROMPTS[: int(prompts)]):
        text = tokenizer.apply_chat_template(
            [{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True
        )
        ids = tokenizer(text, add_special_tokens=False, return_tensors="pt").input_ids
        tensors[f"text_{i}"] = torch.tensor(list(prompt.encode()), dtype=torch.uint8)
        tensors[f"ids_{i}"] = ids[0].clone()
        tensors[f"base_{i}"] = last_logits(model, ids)
    model = PeftModel.from_pretrained(model, adapter).eval()
    for i in range(int(prompts)):
        tensors[f"tuned_{i}"] = last_logits(model, tensors[f"ids_{i}"][None])
    save_file(tensors, out)


if __name__ == "__main__":
    main(*sys.argv[1:5])

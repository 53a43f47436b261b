"""Writes a DoRA adapter with rsLoRA's scale and random values, as PEFT saves it, in bfloat16.

    python scripts/peers/peft_adapter.py BASE_FOLDER ADAPTER_FOLDER
"""

import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM


def main(base, out):
    torch.manual_seed(1)
    config = LoraConfig(
        r=2,
        lora_alpha=4,
        target_modules=["qkv_proj", "gate_up_proj"],
        use_dora=True,
        use_rslora=True,
        task_type="CAUSAL_LM",
    )
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, 0.05)
            elif "lora_magnitude_vector" in name:
                parameter.mul_(1 + 0.2 * torch.randn_like(parameter))
            if "lora_" in name:
                parameter.data = parameter.to(torch.bfloat16)
    model.save_pretrained(out)


if __name__ == "__main__":
    main(*sys.argv[1:3])

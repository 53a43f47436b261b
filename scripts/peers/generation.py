"""Makes the golden fixtures of GeneratorParityTest and ScoreFiltersTest with transformers.

    python scripts/peers/generation.py pipeline/src/test/resources

Reads the tiny models of architectures/ (scripts/peers/architecture_logits.py) and writes

    generate/greedy.json   by variant: prompts, a stop token, and the tokens that generate() adds to each prompt, plain and with a repetition penalty
    generate/filters.json  logits, tokens seen before, and the scores that the processors of generate() leave for some settings (null is -inf)
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM, GenerationConfig
from transformers.generation import (
    LogitsProcessorList,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

VOCABULARY = 48
LENGTHS = [3, 14, 9]
NEW = 20
PENALTY = 1.3
# Logits closer than this could fall either way in another order of summation.
TIE = 1e-3


class Tie(Exception):
    pass


def changes_with_length(model, longest):
    """Whether rows turn otherwise once they are long. What transformers 5.18 then still has in its cache is wrong, so it must not use one."""
    rope = model.config.rope_parameters
    return rope["rope_type"] == "longrope" and rope["original_max_position_embeddings"] < longest


def generate(model, prompts, stop, penalty):
    """Tokens added to each prompt, the stop token included, of a batch that is padded on the left."""
    longest = max(map(len, prompts))
    ids = torch.tensor([[0] * (longest - len(prompt)) + prompt for prompt in prompts])
    mask = torch.tensor([[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts])
    config = GenerationConfig(
        max_new_tokens=NEW, do_sample=False, pad_token_id=0, eos_token_id=stop, repetition_penalty=penalty,
        return_dict_in_generate=True, output_scores=True, use_cache=not changes_with_length(model, longest + NEW),
    )
    made = model.generate(ids, attention_mask=mask, generation_config=config)
    answers = []
    for row, tokens in enumerate(made.sequences[:, longest:].tolist()):
        count = tokens.index(stop) + 1 if stop in tokens else len(tokens)
        for scores in made.scores[:count]:
            best = scores[row].topk(2).values
            if best[0] - best[1] < TIE:
                raise Tie
        answers.append(tokens[:count])
    return answers


def greedy(folder, seed):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(seed)
    prompts = [torch.randint(3, VOCABULARY, (length,), generator=generator).tolist() for length in LENGTHS]
    # A token that the first answer reaches, so that one row ends before the others.
    stop = generate(model, prompts[:1], -1, 1.0)[0][6]
    result = {"prompts": prompts, "stop": stop}
    for name, penalty in {"answers": 1.0, "penalised": PENALTY}.items():
        alone = [generate(model, [prompt], stop, penalty)[0] for prompt in prompts]
        # In a batch transformers lets the longest row decide how all rows turn, and penalises what pads.
        if penalty == 1.0 and not changes_with_length(model, max(LENGTHS) + NEW):
            assert generate(model, prompts, stop, penalty) == alone, folder
        result[name] = alone
    return result


def without_ties(folder):
    for seed in range(100):
        try:
            return greedy(folder, seed)
        except Tie:
            continue
    raise AssertionError(folder)


def filters():
    generator = torch.Generator().manual_seed(5)
    logits = torch.randn(3, 64, generator=generator) * torch.tensor([[1.0], [3.0], [12.0]])
    logits[1, 10:14] = logits[1].max() - 0.5
    seen = torch.randint(0, 64, (3, 10), generator=generator)
    settings = [
        (1.0, 0.7, 0, 1.0), (1.0, 1.0, 1, 1.0), (1.0, 1.0, 3, 1.0), (1.0, 1.0, 500, 1.0), (1.0, 1.0, 0, 0.9), (1.0, 1.0, 0, 0.0),
        (1.0, 1.0, 0, 0.3), (1.0, 1.7, 0, 0.99), (1.2, 1.0, 0, 1.0), (0.8, 1.0, 0, 1.0), (1.1, 0.8, 20, 0.95), (1.3, 2.5, 4, 0.5),
    ]
    cases = []
    for penalty, temperature, top_k, top_p in settings:
        processors = LogitsProcessorList()
        if penalty != 1.0:
            processors.append(RepetitionPenaltyLogitsProcessor(penalty))
        if temperature != 1.0:
            processors.append(TemperatureLogitsWarper(temperature))
        if top_k:
            processors.append(TopKLogitsWarper(top_k))
        if top_p < 1.0:
            processors.append(TopPLogitsWarper(top_p))
        scores = processors(seen, logits.clone())
        cases.append(
            {
                "repetition_penalty": penalty, "temperature": temperature, "top_k": top_k, "top_p": top_p,
                "scores": [[None if value == -torch.inf else value.item() for value in row] for row in scores],
            }
        )
    return {"logits": logits.tolist(), "seen": seen.tolist(), "cases": cases}


def write(file, content):
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{\n" + lines + "\n}\n")


def main(resources):
    torch.set_num_threads(1)
    resources = pathlib.Path(resources)
    with torch.no_grad():
        folders = sorted((resources / "architectures").iterdir())
        write(resources / "generate/greedy.json", {folder.name: without_ties(folder) for folder in folders})
        write(resources / "generate/filters.json", filters())


if __name__ == "__main__":
    main(sys.argv[1])

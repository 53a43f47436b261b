"""Golden BLEU and chrF scores from sacreBLEU, which BleuTest and ChrfTest hold the Java metrics to.

    pip install -r scripts/peers/requirements.txt
    python scripts/peers/bleu.py > pipeline/src/test/resources/evaluate/bleu.json
"""

import json
import random
import sys

import sacrebleu

SEED = 7
PAIRS = 500

BUYER = [
    "Thank you for the update on the delivery plan.",
    "I understand that the index moved, and we would like to see the evidence.",
    "Could you split the delivery into two lots, one in March and one in May?",
    "We can accept EUR 10 to 20 per kg if the payment term stays at 60 days.",
    "Please share the cost breakdown before Friday so that we can compare it.",
    "The proposed increase of 4.5% is above the range that we discussed.",
    "Let us agree on a cap of 3% and review it after two quarters.",
    "A longer contract would let us commit to 1,200 tonnes a year.",
]

# name, hypotheses, references
HANDMADE = [
    ("identical", [BUYER[0]], [BUYER[0]]),
    ("identical_corpus", BUYER, BUYER),
    ("nothing_in_common", ["alpha beta gamma delta"], ["one two three four"]),
    ("empty_hypothesis", [""], ["a reference stands here"]),
    ("empty_reference", ["an answer stands here"], [""]),
    ("both_empty", [""], [""]),
    ("blank_hypothesis", ["   "], ["a reference stands here"]),
    ("some_empty", ["", BUYER[1], ""], [BUYER[0], BUYER[1], BUYER[2]]),
    ("one_word_same", ["Agreed"], ["Agreed"]),
    ("one_word_other", ["Agreed"], ["Declined"]),
    ("two_words", ["We agree"], ["We agree"]),
    ("three_words", ["We agree fully"], ["We agree fully"]),
    ("four_words", ["We agree fully now"], ["We agree fully now"]),
    ("three_words_in_corpus", ["We agree fully", BUYER[3]], ["We agree fully", BUYER[3]]),
    ("short_against_long", ["Could you split the delivery"], [BUYER[2]]),
    ("long_against_short", [BUYER[2]], ["Could you split the delivery"]),
    ("only_unigrams", ["delivery the split you could"], ["could you split the delivery"]),
    ("no_fourgram", ["we like the split a lot", "no"], ["we like the plan a lot", "yes"]),
    ("clipped_repeats", ["the the the the the the the"], ["the cat is on the mat"]),
    ("case_matters", ["THANK YOU for the update"], ["Thank you for the update"]),
    ("final_stop", ["We can accept the price"], ["We can accept the price."]),
    ("decimal_and_thousands", ["We saw 4.5% and 1,200 tonnes."], ["We saw 4.5 % and 1,200 tonnes ."]),
    ("stop_after_number", ["It costs 12. We accept 3,or less."], ["It costs 12 . We accept 3 , or less."]),
    ("dash_after_digit", ["A 2-year term, a mid-year review"], ["A 2 - year term, a mid-year review"]),
    ("ranges", ["EUR 10-20 per kg, 2024-05-01"], ["EUR 10 - 20 per kg , 2024 - 05 - 01"]),
    ("entities", ["R&amp;D said &quot;no&quot; &lt;today&gt; at noon"], ['R&D said "no" <today> at noon']),
    ("double_entity", ["&amp;lt; is not &lt; for us now"], ["&lt; is not < for us now"]),
    ("skipped", ["We <skipped> agree on the terms now"], ["We agree on the terms now"]),
    ("hyphenated_line_end", ["The deliv-\nery plan is on the table"], ["The delivery plan is on the table"]),
    ("hyphen_at_the_end", ["the plan is on the deliv-\n"], ["the plan is on the deliv-"]),
    ("line_breaks", ["One line\nanother line\r\nthe last line"], ["One line another line the last line"]),
    ("tabs", ["We\taccept\tthe\tterms now"], ["We accept the terms now"]),
    ("placeholders", ["Please ask [PERSON_1] at [EMAIL_1] first."], ["Please ask [PERSON_2] at [EMAIL_1] first."]),
    ("symbols", ["a+b=c; {x} ~ |y| \\ ^ `z` _u_ #1 $5 @home 100%"], ["a + b = c; { x } ~ | y | z _ u _ # 1 $ 5 @ home 100 %"]),
    ("apostrophes", ["We don't accept the supplier's terms", "It's ours"], ["We do n't accept the supplier 's terms", "It’s ours"]),
    ("typographic_quotes", ["“We agree” — said the buyer…"], ['"We agree" - said the buyer...']),
    ("german", ["Wir prüfen die Lieferverzögerung bis Freitag."], ["Wir prüfen die Lieferzeiten bis zum Freitag."]),
    ("french_spaces", ["Voilà\u00a0: le prix est élevé\u202f!"], ["Voilà : le prix est élevé !"]),
    ("greek_and_cyrillic", ["Η τιμή είναι υψηλή", "Цена слишком высокая сегодня"], ["Η τιμή είναι πολύ υψηλή", "Цена высокая сегодня утром"]),
    ("chinese", ["我们 可以 接受 这个 价格 。"], ["我们 可以 接受 那个 价格 。"]),
    ("chinese_unsplit", ["我们可以接受这个价格。"], ["我们可以接受这个价格。"]),
    ("ideographic_space", ["価格\u3000は\u3000高い\u3000です"], ["価格 は 高い です"]),
    ("emoji", ["We agree 👍🏽 on the terms 🎉."], ["We agree 👍 on the terms 🎉."]),
    ("combining_marks", ["cafe\u0301 prices are too high"], ["caf\u00e9 prices are too high"]),
    ("arabic_digits", ["السعر ٤٫٥ ، مرتفع جدا."], ["السعر ٤٫٥ ، مرتفع."]),
    ("exotic_spaces", ["a\u2003b\u2028c\u0085d\u001fe"], ["a b c d e"]),
    ("zero_width_is_no_space", ["price\u200bterm of the deal\ufeff"], ["price term of the deal"]),
    ("trailing_exotic_space", ["the term of the deal-\u00a0\n"], ["the term of the deal-"]),
    ("stops_in_a_row", ["Well... we wait.. for 3.. or 4.,5"], ["Well . . . we wait . . for 3 . . or 4 . , 5"]),
]


# Texts of many kinds: languages, scripts, spacing, numbers, marks; pairs are cut, mixed and misspelt out of them.
VARIED = [
    *BUYER,
    "The carrier confirmed slot 14B; we'd load at 06:30 on 2024-05-01, weather permitting.",
    "Nothing in clause 7.2(b) says that a delay counts from the order date, does it?",
    "I hear you - resin went up 11.5 % in Q3, and energy isn't getting any cheaper.",
    "OK. Fine. Let us see: 3 x 40 pallets, or 2 x 60 pallets; which one suits?",
    "Price/index/volume: the three levers (in that order) that we can still move.",
    "E-mail me the break-down, e.g. labour, freight & overhead, at your earliest convenience!",
    "Wir prüfen die Lieferverzögerung bis Freitag und melden uns mit einem Vorschlag.",
    "Könnten Sie uns die Aufschlüsselung der Mehrkosten für Straße und Maut schicken?",
    "Nous comprenons la hausse du gazole, mais il nous faut un justificatif daté.",
    "Voilà\u00a0: le prix est élevé\u202f! Pourriez-vous proposer un étalement\u202f?",
    "¿Podría enviarnos el índice de referencia antes del día 15? Gracias de antemano.",
    "La consegna è slittata di due settimane: capisco la vostra preoccupazione.",
    "Możemy przyjąć zakres 10-20 EUR za kilogram, jeśli termin płatności zostaje.",
    "Ürün fiyatı geçen aya göre %7 arttı; sebebini açıklar mısınız?",
    "Η τιμή είναι πολύ υψηλή για το δεύτερο τρίμηνο, μπορούμε να το συζητήσουμε;",
    "Цена слишком высокая, но мы готовы обсудить график поставок на июнь.",
    "我们可以接受这个价格，但是希望交货期提前一周。",
    "価格\u3000は\u3000高い\u3000ですが、納期を守っていただければ検討します。",
    "السعر مرتفع جدا، هل يمكن تقسيم التسليم على دفعتين؟",
    "कीमत थोड़ी अधिक है, क्या आप भुगतान की अवधि बढ़ा सकते हैं?",
    "We agree 👍🏽 on the terms 🎉, pending the signature ✍️ of both sides.",
    "cafe\u0301 prices, na\u00efve cost models, fac\u0327ade panels",
    "a+b=c; {x} ~ |y| \\ ^ `z` _u_ #1 $5 @home 100%",
    "Line one of the answer\nline two of it\r\nand the last, hyphen-\nated one.",
    "tabs\tbetween\tall\tthe\twords  and   several    spaces",
    "R&amp;D said &quot;no&quot; to the &lt;draft&gt; yesterday at noon.",
    "Please ask [PERSON_1] at [EMAIL_1] about [REFERENCE_2] first.",
    "THE FINAL OFFER STANDS UNTIL FRIDAY, 17:00 CET - NOT AN HOUR LONGER.",
    "ok",
    "",
]


def mutated(words, chance, rng):
    out = []
    for word in words:
        draw = rng.random()
        if draw < chance / 3:
            continue
        if draw < 2 * chance / 3:
            out.append(rng.choice(["price", "term", "offer", "index", "volume"]))
        out.append(word)
    return out


def misspelt(text, chance, rng):
    return "".join(rng.choice("aeiou .,") if rng.random() < chance else c for c in text)


def random_corpora(rng):
    for case, (rows, chance) in enumerate([(2, 0.1), (5, 0.2), (10, 0.4), (20, 0.6), (50, 0.3), (3, 0.9)]):
        references = [" ".join(rng.choices(BUYER, k=rng.randint(1, 4))) for _ in range(rows)]
        hypotheses = [" ".join(mutated(r.split(), chance, rng)) for r in references]
        yield f"random_{case}", hypotheses, references


def varied_pairs(rng):
    """Pairs from nearly equal to unrelated, each of some kind of text."""
    for row in range(PAIRS):
        reference = VARIED[row % len(VARIED)]
        kind = row // len(VARIED) % 5
        if kind == 0:
            hypothesis = " ".join(mutated(reference.split(), 0.3, rng))
        elif kind == 1:
            hypothesis = misspelt(reference, 0.1, rng)
        elif kind == 2:
            cut = rng.randint(0, len(reference))
            hypothesis = reference[:cut] + rng.choice(VARIED)[cut // 2 :]
        elif kind == 3:
            words = reference.split()
            rng.shuffle(words)
            hypothesis = " ".join(words)
        else:
            hypothesis = rng.choice(VARIED)
        yield hypothesis, reference


def scores(hypotheses, references):
    bleu = sacrebleu.corpus_bleu(hypotheses, [references]).score
    chrf = sacrebleu.corpus_chrf(hypotheses, [references]).score
    return {"bleu": bleu, "chrf": chrf}


def main():
    cases = []
    for name, hypotheses, references in HANDMADE + list(random_corpora(random.Random(SEED))):
        case = {"name": name, "hypotheses": hypotheses, "references": references}
        cases.append(case | scores(hypotheses, references))
    pairs = [
        {"hypothesis": hypothesis, "reference": reference} | scores([hypothesis], [reference])
        for hypothesis, reference in varied_pairs(random.Random(SEED))
    ]
    whole = scores([p["hypothesis"] for p in pairs], [p["reference"] for p in pairs])
    document = {"peer": f"sacrebleu {sacrebleu.__version__}", "cases": cases, "pairs": pairs, "whole": whole}
    json.dump(document, sys.stdout, ensure_ascii=True, indent=0)
    print()


if __name__ == "__main__":
    main()

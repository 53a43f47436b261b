package dev.pipeline.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts on which two tokenizers that do not mean the same come apart. */
public final class TrickyTexts {
  /** Words, scripts, spaces, digits, marks and control tokens that tokenizers stumble over. */
  private static final String[] PIECES = {
    "the",
    " price",
    "Surcharge",
    " we'll",
    "I'M",
    "don't",
    " 12",
    "345678",
    "3.14",
    " ",
    "  ",
    "   ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ".",
    "...",
    "?!",
    " -",
    "—",
    "“",
    "€",
    "£1,000",
    "naïve",
    "façade",
    "Größe",
    "żółć",
    "Привет",
    "日本語",
    "العربية",
    "नमस्ते",
    "👍🏽",
    "e\u0301",
    "\u00a0",
    "\u200b",
    "x²",
    "[PERSON_1]",
    "EUR 10 to 20",
    "<|im_start|>",
    "<|im_sep|>",
    "<|im_end|>",
    "<|",
    "|>",
    "http://a.b/c?d=e",
    "snake_case",
    "CamelCase",
    "a@b.example",
    "#",
    "\\",
    "{",
    "}",
    "ﬁ",
    "Ǆ",
    "１２３",
    "ſ",
    "'S",
    "'LL"
  };

  private TrickyTexts() {}

  /** Always the same texts of 1 to 14 pieces. */
  public static List<String> random(int count) {
    SplittableRandom random = new SplittableRandom(31);
    List<String> strings = new ArrayList<>();
    while (strings.size() < count) {
      StringBuilder text = new StringBuilder();
      int pieces = 1 + random.nextInt(14);
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      strings.add(text.toString());
    }
    return strings;
  }
}

package dev.pipeline.data.lint;

import com.google.re2j.Pattern;
import dev.pipeline.data.text.RarePattern;
import dev.pipeline.data.text.Sentences;

/** Counts what an answer asks for or proposes. */
final class Suggestions {
  private static final RarePattern ANYWHERE =
      RarePattern.ofWords(
          "(?i)(?:please|let's|how about|what about|what if|why not|why don't|"
              + "(?:i|we)(?:'d| would|'ll| will)? (?:suggest|propose|recommend|request)|"
              + "my (?:suggestion|proposal|request)|perhaps (?:we|you) (?:can|could|might))\\b");

  /** Inverted word order: a request in a question, and nothing in a statement. */
  private static final RarePattern INVERTED =
      RarePattern.ofWords(
          "(?i)(?:could|would|can|will|may|might|should|shall|do) (?:you|we|i|it|that|your|our|"
              + "the|both|either|\\[person_[0-9]+\\])(?: please| kindly)?\\b");

  private static final Pattern AT_START =
      Pattern.compile(
          "^(?i:also,? |and |then,? |first,? |next,? |so,? |but )?(?i:let us|let me|could|would|can|"
              + "will|may|might|shall|should)\\b");

  /** A verb that opens the sentence asks for something when an object follows: "Send a list". */
  private static final Pattern IMPERATIVE =
      Pattern.compile(
          "^(?i:also,? |and |then,? |first,? |next,? |so,? |but )?(?i:send|share|attach|confirm|name|"
              + "tell|give|forward|provide|list|mark|show|state|explain|keep|hold|bring|put|ring|call|"
              + "email|mail|write|consider|try|check|ask|book|draft|sign|return|upload|include|add|"
              + "pick|choose|start|use|refer|continue) (?i:me|us|the|a|an|your|our|it|them|him|her|"
              + "both|this|that|these|those|all|any|each|which|whichever|whether|what|when|how|to|"
              + "from|with|for|\\[)\\b?");

  private Suggestions() {}

  /** The number of requests and proposals in {@code text}; two in one sentence are two. */
  static int count(String text) {
    return Sentences.of(text).stream().mapToInt(Suggestions::countIn).sum();
  }

  private static int countIn(String sentence) {
    boolean question = sentence.endsWith("?");
    int openers = ANYWHERE.all(sentence).size() + (question ? INVERTED.all(sentence).size() : 0);
    if (openers > 0) {
      return openers;
    }
    boolean asks = AT_START.matcher(sentence).find() || IMPERATIVE.matcher(sentence).find();
    return question || asks ? 1 : 0;
  }
}

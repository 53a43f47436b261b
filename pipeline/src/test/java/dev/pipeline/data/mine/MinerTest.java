package dev.pipeline.data.mine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.io.Hashes;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinerTest {
  private final Miner miner = new Miner(Set.of("Joshi"));

  private static final String ROUNDS =
      """
      {"conversation_id":"r1","scenario":"f","supplier":{"company":"Ek AB","contact":"Åse Ek"},\
      "rounds":[\
      {"round":1,"sentiment":"wary","asks":["date","price"],"supplier_says":"When?",\
      "buyer_replies":"Hi Åse,\\nSoon."},\
      {"round":2,"sentiment":"cordial","asks":[],"supplier_says":"Ask Ondřej then.",\
      "buyer_replies":"Will do."}],"approval":{"state":"approved","by":"a-1"}}""";

  @Test
  void everyReplyBecomesARowWithStateAndEarlierTurns() {
    MineOutcome outcome = miner.mine(new RawLine("r.jsonl", 4, ROUNDS, true));
    assertThat(outcome.rejected()).isEmpty();
    assertThat(outcome.mined()).hasSize(2);
    Sample first = outcome.mined().get(0).sample();
    assertThat(first.instruction()).isEqualTo("When?");
    assertThat(first.idealAnswer()).isEqualTo("Hi Åse,\nSoon.");
    assertThat(first.context())
        .isEqualTo("Round: 1\nSupplier sentiment: wary\nOutstanding asks: date; price");
    Sample second = outcome.mined().get(1).sample();
    assertThat(second.id()).isEqualTo("r1/2");
    assertThat(second.source()).isEqualTo(new Source("r.jsonl", 4, "r1", 2, Hashes.sha256(ROUNDS)));
    assertThat(second.context())
        .isEqualTo(
            "Round: 2\nSupplier sentiment: cordial\nEarlier:\nSupplier: When?\nBuyer: Soon.");
  }

  @Test
  void everyRowKnowsWhoTakesPartInTheWholeConversation() {
    MineOutcome outcome = miner.mine(new RawLine("r.jsonl", 4, ROUNDS, true));
    assertThat(outcome.mined().get(0).identities().people()).contains("Åse Ek", "Ondřej");
    assertThat(outcome.mined().get(0).identities().companies()).containsExactly("Ek AB");
  }

  @Test
  void messagesInARowAreAnsweredTogether() {
    String chat =
        """
        {"id":"c","round":1,"supplier_sentiment":"wary","outstanding_asks":[],"messages":[\
        {"role":"supplier","text":"One."},{"role":"supplier","text":"Two."},\
        {"role":"buyer","text":"Both."},{"role":"buyer","text":"Unasked."}]}""";
    MineOutcome outcome = miner.mine(new RawLine("c.jsonl", 1, chat, true));
    assertThat(outcome.mined()).hasSize(1);
    assertThat(outcome.mined().get(0).sample().instruction()).isEqualTo("One.\nTwo.");
  }

  @Test
  void aConversationWithoutAnAnswerIsKeptAsRejected() {
    String chat =
        """
        {"id":"c","round":1,"supplier_sentiment":"wary","outstanding_asks":[],"messages":[\
        {"role":"supplier","text":"Anyone?"}]}""";
    MineOutcome outcome = miner.mine(new RawLine("c.jsonl", 1, chat, true));
    assertThat(outcome.mined()).isEmpty();
    assertThat(outcome.rejected()).hasSize(1);
    assertThat(outcome.rejected().get(0).reason()).isEqualTo(Miner.NO_REPLY);
    assertThat(outcome.rejected().get(0).line()).isEqualTo(chat);
  }
}

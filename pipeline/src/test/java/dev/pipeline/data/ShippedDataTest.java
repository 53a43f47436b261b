package dev.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.text.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShippedDataTest {
  private static final double LARGEST_SHARE = 0.03;

  private final List<Conversation> conversations = Shipped.conversations();

  @Test
  void holdsAtLeastFourHundredConversationsOfManyFamilies() {
    assertThat(conversations).hasSizeGreaterThanOrEqualTo(400);
    assertThat(conversations.stream().map(Conversation::family).distinct())
        .hasSizeGreaterThanOrEqualTo(50);
  }

  @Test
  void noFiveWordsInARowStandInMoreThanThreePercentOfTheConversations() {
    Map<String, Integer> conversationsWith = new HashMap<>();
    for (Conversation conversation : conversations) {
      Set<String> grams = new HashSet<>();
      for (Turn turn : conversation.turns()) {
        List<String> words = Words.of(turn.text());
        for (int i = 0; i + 5 <= words.size(); i++) {
          grams.add(String.join(" ", words.subList(i, i + 5)));
        }
      }
      grams.forEach(gram -> conversationsWith.merge(gram, 1, Integer::sum));
    }
    int limit = (int) (conversations.size() * LARGEST_SHARE);
    assertThat(conversationsWith)
        .isNotEmpty()
        .allSatisfy((gram, count) -> assertThat(count).as(gram).isLessThanOrEqualTo(limit));
  }
}

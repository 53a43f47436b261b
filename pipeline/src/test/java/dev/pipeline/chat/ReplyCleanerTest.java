package dev.pipeline.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However tokens cut a reply, no part of a tag is ever shown. */
class ReplyCleanerTest {
  private static final List<String> TAGS =
      List.of(
          "<|im_start|>", "<|im_sep|>", "<|im_end|>", "<|im_start|>assistant<|im_sep|>", "\nUser:");

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Yes, we can.<|im_end|>!Yes, we can.",
        "<|im_start|>assistant<|im_sep|>Yes.<|im_end|>no!Yes.",
        "Yes. <|im_start|>user<|im_sep|>And?!Yes.",
        "</s>  Well <s> or < |im_end|> is no tag!Well <s> or < |im_end|> is no tag",
        "a <|im_ b <|im_end c!a <|im_ b <|im_end c",
        "[INST] Net thirty [/INST] more!Net thirty",
        "50 < 60 <|!50 < 60 <|",
        "<|im_end|>!''",
        "Grüße, 東京 😀 <|eot_id|>x!Grüße, 東京 😀",
        "<|im_start<|im_start|>!<|im_start",
      })
  void isTheSameHoweverItIsCut(String reply, String shown) {
    for (int first = 0; first <= reply.length(); first++) {
      for (int second = first; second <= reply.length(); second++) {
        assertThat(
                cleaned(
                    reply.substring(0, first),
                    reply.substring(first, second),
                    reply.substring(second)))
            .as("%s cut at %d and %d", reply, first, second)
            .isEqualTo(shown);
      }
    }
    assertThat(cleaned(reply.split("", -1))).isEqualTo(shown);
  }

  @Test
  void aStopWordOfPlainTextEndsTheReply() {
    assertThat(cleaned("Fine.", "\nUs", "er: and now")).isEqualTo("Fine.");
  }

  @Test
  void showsWhatIsCertainAtOnce() {
    ReplyCleaner cleaner = new ReplyCleaner(TAGS);
    assertThat(cleaner.add("Yes, we")).isEqualTo("Yes, we");
    assertThat(cleaner.add(" can <")).isEqualTo(" can");
    assertThat(cleaner.add("3 days")).isEqualTo(" <3 days");
    assertThat(cleaner.ended()).isFalse();
    assertThat(cleaner.add("<|im_end|>")).isEmpty();
    assertThat(cleaner.ended()).isTrue();
    assertThat(cleaner.add("forged")).isEmpty();
    assertThat(cleaner.finish()).isEmpty();
  }

  private static String cleaned(String... pieces) {
    ReplyCleaner cleaner = new ReplyCleaner(TAGS);
    StringBuilder shown = new StringBuilder();
    for (String piece : pieces) {
      shown.append(cleaner.add(piece));
    }
    return shown.append(cleaner.finish()).toString();
  }
}

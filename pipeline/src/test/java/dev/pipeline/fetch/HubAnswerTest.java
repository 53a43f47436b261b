package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HubAnswerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void retryAfterIsSecondsOrADate() {
    assertThat(HubAnswer.retryAfter("12", NOW)).contains(Duration.ofSeconds(12));
    assertThat(HubAnswer.retryAfter("Fri, 2 Jan 2026 03:05:05 GMT", NOW))
        .contains(Duration.ofMinutes(1));
    assertThat(HubAnswer.retryAfter("Fri, 2 Jan 2026 03:00:00 GMT", NOW)).contains(Duration.ZERO);
    assertThat(HubAnswer.retryAfter("soon", NOW)).isEmpty();
    assertThat(HubAnswer.retryAfter(null, NOW)).isEmpty();
  }

  @Test
  void aContentRangeIsReadOrNotBelieved() {
    assertThat(ContentRange.parse("bytes 5-9/100")).contains(new ContentRange(5, 100));
    assertThat(ContentRange.parse("bytes 5-9/*")).contains(new ContentRange(5, -1));
    assertThat(ContentRange.parse("bytes */100")).isEmpty();
    assertThat(ContentRange.parse("bytes 5-9/99999999999999999999999")).isEmpty();
    assertThat(ContentRange.parse(null)).isEmpty();
  }
}

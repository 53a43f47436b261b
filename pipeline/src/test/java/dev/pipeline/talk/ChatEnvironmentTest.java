package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEnvironmentTest {
  @Test
  void readsWhatIsSet() {
    ChatEnvironment environment =
        new ChatEnvironment(
            Map.of(
                "USE_CHAT_HISTORY",
                "off",
                "MAX_CHAT_HISTORY",
                " 3 ",
                "CONTEXT_WINDOW_SIZE",
                "2048"));
    assertThat(environment.usesHistory()).contains(false);
    assertThat(environment.turnPairs()).contains(3);
    assertThat(environment.contextTokens()).contains(2048);
    ChatEnvironment empty = new ChatEnvironment(Map.of("MAX_CHAT_HISTORY", ""));
    assertThat(empty.usesHistory()).isEmpty();
    assertThat(empty.turnPairs()).isEmpty();
    assertThat(empty.contextTokens()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "USE_CHAT_HISTORY,perhaps", "MAX_CHAT_HISTORY,ten", "MAX_CHAT_HISTORY,-1",
    "MAX_CHAT_HISTORY,2.5", "CONTEXT_WINDOW_SIZE,15", "CONTEXT_WINDOW_SIZE,9999999999"
  })
  void refusesAnythingElseByName(String name, String value) {
    ChatEnvironment environment = new ChatEnvironment(Map.of(name, value));
    assertThatThrownBy(
            () -> {
              environment.usesHistory();
              environment.turnPairs();
              environment.contextTokens();
            })
        .isInstanceOf(Failure.class)
        .hasMessage("%s is \"%s\" in the environment", name, value);
  }
}

package dev.pipeline.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token is hf_planted1planted1planted",
        "OPENAI sk-planted1-planted1planted here",
        "ghp_planted1planted1planted1 x",
        "password: planted1!",
        "db.password=planted1",
        "\"api_key\": \"planted1planted\"",
        "QDRANT_API_KEY=planted1xyz",
        "Authorization: Bearer planted1planted1",
        "postgres://user:planted1@host/db",
        "-----BEGIN RSA PRIVATE KEY-----\nplanted1\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nplanted1, and no end",
      })
  void secretsAreTakenOut(String text) {
    assertThat(Secrets.removedFrom("before " + text + "\n"))
        .doesNotContain("planted1")
        .contains(Secrets.PLACEHOLDER)
        .startsWith("before ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The token count of a row is 4096; a secret is kept in the environment.",
        "String token = tokenizer.next();",
        "max_tokens: 96",
        "sequence_len_tokens=4096",
        "see https://example.org:8080/path",
      })
  void proseAndCodeStay(String text) {
    assertThat(Secrets.removedFrom(text)).isEqualTo(text);
  }

  @Test
  void ratherTheNameOfAFunctionTooManyThanAPassword() {
    assertThat(Secrets.removedFrom("password = System.getenv(NAME)"))
        .isEqualTo("password = [SECRET](NAME)");
  }
}

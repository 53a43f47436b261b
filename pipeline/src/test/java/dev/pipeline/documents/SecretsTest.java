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

  @Test
  void proseAndCodeStay() {
    String text =
        """
        The token count of a row is at most 4096; a secret is kept in the environment.
        String token = tokens.get(0);
        password = System.getenv("PIPELINE_DB_PASSWORD");
        see https://example.org:8080/path and mailto:x
        """;

    assertThat(Secrets.removedFrom(text).replace("[SECRET]", "")).contains("token count of a row");
    assertThat(Secrets.removedFrom("The token count is 4096."))
        .isEqualTo("The token count is 4096.");
    assertThat(Secrets.removedFrom("see https://example.org:8080/path"))
        .isEqualTo("see https://example.org:8080/path");
  }
}

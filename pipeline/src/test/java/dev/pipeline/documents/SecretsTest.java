package dev.pipeline.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\nplanted1\n-----END PGP PRIVATE KEY BLOCK-----",
        "stripe sk_live_planted1planted1 and rk_test_planted1planted1",
        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=planted1planted1/+planted1==;End=y",
        "SharedAccessKeyName=Root;SharedAccessKey=planted1planted1planted1=",
        "https://hooks.slack.com/services/T0planted1/B0planted1/planted1planted1",
        "AGE-SECRET-KEY-1planted1planted1planted1",
        "Authorization: Basic planted1planted1==",
        "headers = {\"Authorization\": \"Basic planted1planted1==\"}",
        "curl -u me:planted1 https://example.org",
        "curl -s https://example.org --user 'me:planted1 planted1'",
        "curl https://example.org \\\n  -ume:planted1",
        "mysql -u root -pplanted1 shop",
        "mysqldump shop -u root -p'planted1 $$' > shop.sql",
        "Passwort: planted1",
        "Kennwort = planted1",
        "the password is planted1.",
        "The password for root is: `planted1`",
        "Das Passwort lautet planted1!",
        "123456789:AAplanted1planted1planted1planted1",
        "machine api.wandb.ai\n  login user\n  password planted1",
        "db_password = \"planted1 planted1$$planted1\"",
        "db_password: 'planted1\"planted1, planted1'",
        "{\\\"password\\\": \\\"planted1\\\"}",
        "password: String = \"planted1\"",
        "password=x$planted1",
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
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "3f786850e387550fdab836ed7e6dc881de23001b Scan for secrets before a wandb run",
        "Track runs with wandb (3f786850e387550fdab836ed7e6dc881de23001b)",
        "github.com/wandb/wandb/commit/3f786850e387550fdab836ed7e6dc881de23001b",
        "a secret\nsrc/main/java/dev/pipeline/documents/abc",
        "The password is required, the passphrase is base64-encoded, the password is SHA-256 hashed.",
        "A password is at least 8 characters long and the password is 12-digit.",
        "Passwort vergessen? Das Passwort ist zu kurz. Ein Kennwort ist nicht leer.",
        "password = \"${DB_PASSWORD}\"",
        "PASSWORD=$DB_PASSWORD",
        "curl -u user:$PASSWORD --user-agent x:y https://example.org",
        "curl -s -H a-user:b https://example.org:8080",
        "mysql -u root -p shop",
        "mysql does not know the -parallel option",
        "Basic knowledge of Authorization is enough",
        "SharedAccessKeyName=RootManageSharedAccessKey",
        "sk_live_ is the prefix of Stripe's keys",
        "session=short; sessionid=none",
        "at 12:30 the ratio was 123456789:1",
      })
  void proseAndCodeStay(String text) {
    assertThat(Secrets.removedFrom(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "session=0123456789abcdef01,session=[SECRET]",
    "Cookie: sessionid=0123456789abcdef; a=b,Cookie: sessionid=[SECRET]; a=b",
    "JSESSIONID=0123456789ABCDEF,JSESSIONID=[SECRET]",
    "wandb login 3f786850e387550fdab836ed7e6dc881de23001b,wandb login [SECRET]",
    "wandb: 3f786850e387550fdab836ed7e6dc881de23001b,wandb: [SECRET]",
    "'AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY','[SECRET],[SECRET]'",
    "secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.,secret [SECRET].",
    "nothing wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY,"
        + "nothing wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "db_password = \"s3cr3tpa$$\" # mine,db_password = \"[SECRET]\" # mine",
  })
  void whatStandsAroundASecretStays(String text, String clean) {
    assertThat(Secrets.removedFrom(text)).isEqualTo(clean);
  }

  @Test
  void anAwsSecretIsKnownByTheLineBefore() {
    String secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    assertThat(Secrets.removedFrom("AKIAIOSFODNN7EXAMPLE\n" + secret + "\n"))
        .isEqualTo("[SECRET]\n[SECRET]\n");
    assertThat(Secrets.removedFrom("AKIAIOSFODNN7EXAMPLE\n\nother\n" + secret))
        .isEqualTo("[SECRET]\n\nother\n" + secret);
  }

  @Test
  void theLinesBehindAPrivateKeyKeepTheirNumbers() {
    String key =
        "-----BEGIN PRIVATE KEY-----\r\n" + "planted1\n".repeat(40) + "-----END PRIVATE KEY-----";
    List<String> lines = Secrets.removedFrom("one\n" + key + "\nbehind\n").lines().toList();
    assertThat(lines).hasSize(44).startsWith("one", "[SECRET]").endsWith("", "behind");
    assertThat(lines.indexOf("behind")).isEqualTo(43);
  }

  @Test
  void ratherTheNameOfAFunctionTooManyThanAPassword() {
    assertThat(Secrets.removedFrom("password = System.getenv(NAME)"))
        .isEqualTo("password = [SECRET](NAME)");
  }
}

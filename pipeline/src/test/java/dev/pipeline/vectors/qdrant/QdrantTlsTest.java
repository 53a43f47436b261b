package dev.pipeline.vectors.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.vectors.VectorStore;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key travels encrypted, to a server whose certificate is trusted, and to no other. */
class QdrantTlsTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "changeit";
  private static final String KEY = "planted-key";

  @TempDir Path folder;
  private QdrantProtocolServer server;

  @BeforeEach
  void start() throws IOException, InterruptedException, GeneralSecurityException {
    server = new QdrantProtocolServer(selfSigned(), "https", KEY);
  }

  @AfterEach
  void stop() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
    server.close();
  }

  @Test
  void aTrustedServerGetsTheKey() {
    System.setProperty(TRUST, folder.resolve("server.p12").toString());
    System.setProperty(TRUST + "Password", PASSWORD);

    try (VectorStore store = store()) {
      assertThat(store.names()).isEmpty();
    }
    assertThat(server.calls()).isEqualTo(1);
  }

  @Test
  void anUnknownCertificateIsRefusedBeforeAnythingIsSent() {
    try (VectorStore store = store()) {
      assertThatThrownBy(store::names)
          .isInstanceOf(Failure.class)
          .hasMessageNotContaining("planted");
    }
    assertThat(server.calls()).isZero();
  }

  private VectorStore store() {
    return new QdrantVectorStore(
        new QdrantAddress(server.address(), Optional.of(KEY), Duration.ofSeconds(10), 1));
  }

  private ServerCredentials selfSigned()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return TlsServerCredentials.create(
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
  }

  private static InputStream pem(String kind, byte[] content) {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }
}

package dev.pipeline.data.feedback;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of people who gave feedback, replaced by HMAC-SHA256 under a key that lies beside the store
 * and that only its owner reads. A plain hash of a name would be undone by trying names; whoever
 * deletes the key makes the pseudonyms anonymous.
 */
final class Pseudonyms {
  static final String FILE = ".pseudonym-key";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int DIGITS = 16;

  private final byte[] key;

  private Pseudonyms(byte[] key) {
    this.key = key.clone();
  }

  /** Those of the store in {@code folder}; makes its key when there is none. */
  static Pseudonyms of(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        byte[] made = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(made);
        AtomicFiles.writePath(file, temporary -> writeAlone(temporary, Hashes.hex(made)));
      }
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException(key.length + " bytes");
      }
      return new Pseudonyms(key);
    } catch (IllegalArgumentException e) {
      throw Failure.infrastructure(
          file + " is damaged: it should hold " + 2 * KEY_BYTES + " hexadecimal digits",
          "restore it; deleting it gives everybody a new pseudonym from now on",
          e);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /** The same for the same name, however it is written. */
  String of(String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      String plain = name.strip().toLowerCase(Locale.ROOT);
      byte[] code = mac.doFinal(plain.getBytes(StandardCharsets.UTF_8));
      return "p-" + Hashes.hex(code).substring(0, DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  private static void writeAlone(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }
}

package dev.pipeline.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text into the archive that {@code torch.jit.load} reads: a zip of stored
 * entries with the source, and a pickle that says "one object of class Ops whose attribute {@code
 * training} is true".
 *
 * <p>This is how the product has models without Python and without native code of its own.
 */
final class TorchScriptArchive {
  private static final String HEADER =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private TorchScriptArchive() {}

  /** {@code methods}: method definitions, each indented by two spaces. */
  static byte[] of(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "ops/data.pkl", modulePickle());
      entry(zip, "ops/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      entry(zip, "ops/code/__torch__.py", (HEADER + methods).getBytes(StandardCharsets.UTF_8));
      entry(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "ops/version", "10\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("in memory, cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** PROTO 2, GLOBAL __torch__.Ops, EMPTY_TUPLE, NEWOBJ, {training: True}, BUILD, STOP. */
  private static byte[] modulePickle() {
    byte[] global = "c__torch__\nOps\n".getBytes(StandardCharsets.US_ASCII);
    byte[] key = "training".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer pickle = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    pickle.put((byte) 0x80).put((byte) 2).put(global).put((byte) ')').put((byte) 0x81);
    pickle.put((byte) '}').put((byte) '(').put((byte) 'X').putInt(key.length).put(key);
    pickle.put((byte) 0x88).put((byte) 'u').put((byte) 'b').put((byte) '.');
    byte[] used = new byte[pickle.position()];
    pickle.flip().get(used);
    return used;
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}

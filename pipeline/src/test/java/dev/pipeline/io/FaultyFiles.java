package dev.pipeline.io;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The real file system behind one that fails at a chosen change: every creation, write, link,
 * rename and deletion counts as one. Either that change alone finds the disk full, or the process
 * dies there, so that it and all later ones are refused, whatever the program does about it.
 */
public final class FaultyFiles extends FileSystemProvider {
  /** What happens at the chosen change. */
  public enum Fault {
    /** No room is left for it; deleting and renaming need none. */
    DISK_FULL,
    /** It and all after it never happen. */
    DEATH
  }

  /** The process is gone; no code of the program catches this. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private final FileSystem real;
  private final FileSystemProvider provider;
  private final FaultyFileSystem system;
  private final Fault fault;
  private final int chosen;
  private final List<String> changes = new ArrayList<>();

  /** Fails at the change with that number, from 1; with 0 never. */
  public FaultyFiles(FileSystem real, Fault fault, int chosen) {
    this.real = real;
    this.provider = real.provider();
    this.fault = fault;
    this.chosen = chosen;
    this.system = new FaultyFileSystem(this, real);
  }

  /** The same place, behind the faults. */
  public Path wrap(Path path) {
    return new FaultyPath(system, path);
  }

  /** Every change that was tried, in order. */
  public List<String> changes() {
    return changes;
  }

  private void change(String what, Path path, boolean needsRoom) throws IOException {
    changes.add(what + " " + path);
    int number = changes.size();
    if (chosen == 0 || number < chosen) {
      return;
    }
    if (fault == Fault.DEATH) {
      throw new Death();
    } else if (number == chosen && needsRoom) {
      throw new FileSystemException(path.toString(), null, "No space left on device");
    }
  }

  static Path unwrap(Path path) {
    return path instanceof FaultyPath faulty ? faulty.real() : path;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (writes(options)) {
      change("open", path, true);
      return new CountingChannel(provider.newByteChannel(unwrap(path), options, attributes), path);
    }
    return provider.newByteChannel(unwrap(path), options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return provider.newFileChannel(unwrap(path), options, attributes);
  }

  private static boolean writes(Set<? extends OpenOption> options) {
    return options.contains(StandardOpenOption.WRITE)
        || options.contains(StandardOpenOption.APPEND);
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    change("mkdir", path, true);
    provider.createDirectory(unwrap(path), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    change("symlink", link, true);
    provider.createSymbolicLink(unwrap(link), unwrap(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    change("link", link, true);
    provider.createLink(unwrap(link), unwrap(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    change("delete", path, false);
    provider.delete(unwrap(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    change("copy", target, true);
    provider.copy(unwrap(source), unwrap(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    change("rename", target, true);
    provider.move(unwrap(source), unwrap(target), options);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return wrap(provider.readSymbolicLink(unwrap(link)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        provider.newDirectoryStream(unwrap(folder), entry -> filter.accept(wrap(entry)))) {
      stream.forEach(entry -> entries.add(wrap(entry)));
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return entries.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return provider.isSameFile(unwrap(one), unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return provider.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return provider.getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    provider.checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return provider.getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return provider.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return provider.readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    provider.setAttribute(unwrap(path), attribute, value, options);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return wrap(real.getPath(uri.getPath()));
  }

  /** A file that is written; each write is a change. */
  private final class CountingChannel implements SeekableByteChannel {
    private final SeekableByteChannel channel;
    private final Path path;

    CountingChannel(SeekableByteChannel channel, Path path) {
      this.channel = channel;
      this.path = path;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      // Half of it reaches the disk before the fault does.
      int half = source.remaining() / 2;
      ByteBuffer first = source.duplicate();
      first.limit(first.position() + half);
      channel.write(first);
      source.position(source.position() + half);
      change("write", path, true);
      return half + channel.write(source);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      channel.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

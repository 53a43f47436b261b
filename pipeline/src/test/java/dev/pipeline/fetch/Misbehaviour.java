package dev.pipeline.fetch;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What goes wrong on the stand-in; nothing until a test says so. Thread-safe. */
public final class Misbehaviour {
  /** Status lines, with headers after line breaks, that the hub gives before it answers. */
  final Deque<String> hubStatuses = new ArrayDeque<>();

  /** The same of the store. */
  final Deque<String> storeStatuses = new ArrayDeque<>();

  /** Bytes of content, all answers together, at which the connection that sends them is lost. */
  public final TreeSet<Long> drops = new TreeSet<>();

  /** Where the drops happened. */
  final ConcurrentLinkedQueue<Long> dropped = new ConcurrentLinkedQueue<>();

  /** Whether every answer ends before its first byte. */
  volatile boolean sendsNothing;

  /** Whether a connection that should be lost hangs instead, until the client ends it. */
  public volatile boolean hangs;

  volatile boolean ignoresRanges;
  volatile boolean claimsNoLength;

  /** Where the hub sends everybody. */
  volatile @Nullable String redirect;

  /** After so many answers with content the store calls every content something else. */
  volatile int newTagAfter = Integer.MAX_VALUE;

  /** Called when that happens. */
  volatile Runnable onNewTag = () -> {};

  /** Whether every answer has another tag. */
  volatile boolean newTagAlways;

  /** How many requests an address of the store is good for. */
  volatile int addressLasts = Integer.MAX_VALUE;

  private final int[] uses = new int[1 << 16];
  private long served;
  private int answers;
  private int signatures;

  synchronized @Nullable String nextStatus(boolean ofHub) {
    return (ofHub ? hubStatuses : storeStatuses).pollFirst();
  }

  synchronized long sign() {
    return signatures++;
  }

  synchronized boolean isValid(long signature) {
    return signature < signatures && uses[(int) signature]++ < addressLasts;
  }

  synchronized @Nullable String entityTag(FakeFile file) {
    answers++;
    if (newTagAlways) {
      return "\"answer-" + answers + "\"";
    }
    if (answers == newTagAfter) {
      onNewTag.run();
    }
    return file.entityTag;
  }

  /** Where to stop sending what goes from {@code start} to {@code end}. */
  synchronized long dropBefore(long start, long end) {
    if (sendsNothing) {
      return start;
    }
    Long drop = drops.higher(served);
    long until = drop == null ? end : Math.min(end, start + drop - served);
    served += until - start;
    if (until < end) {
      drops.remove(drop);
      dropped.add(drop);
    }
    return until;
  }

  /** Ends a connection: half of them politely, half of them not. */
  void ends(Socket client) throws IOException {
    if (hangs) {
      // Returns when the client has had enough.
      client.getInputStream().read();
    } else if (dropped.size() % 2 == 0) {
      client.setSoLinger(true, 0);
    }
    client.close();
  }
}

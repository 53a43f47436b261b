package dev.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands between a browser and a server, hands on every byte, and keeps those that the browser
 * gets: status lines, headers and bodies. Its own port stays when the server comes back on another.
 */
final class RecordingProxy implements AutoCloseable {
  private final ServerSocket entrance;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private volatile int server;

  RecordingProxy(int server) throws IOException {
    this.server = server;
    entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    inBackground(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Where connections lead from now on. */
  void leadTo(int port) {
    server = port;
  }

  /** Everything the browser got so far. */
  String received() {
    synchronized (received) {
      return received.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }

  private void accept() throws IOException {
    while (!entrance.isClosed()) {
      Socket browser = entrance.accept();
      inBackground(() -> connect(browser));
    }
  }

  private void connect(Socket browser) throws IOException {
    try (browser;
        Socket target = new Socket(InetAddress.getLoopbackAddress(), server)) {
      inBackground(() -> pump(browser.getInputStream(), target.getOutputStream()));
      pump(target.getInputStream(), new Recorder(browser.getOutputStream()));
    }
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | UncheckedIOException closed) {
                // One of the two went away, which is what some tests are about.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private final class Recorder extends OutputStream {
    private final OutputStream browser;

    Recorder(OutputStream browser) {
      this.browser = browser;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (received) {
        received.write(bytes, offset, length);
      }
      browser.write(bytes, offset, length);
    }
  }
}

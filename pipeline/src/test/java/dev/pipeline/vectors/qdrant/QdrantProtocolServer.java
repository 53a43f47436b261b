package dev.pipeline.vectors.qdrant;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gRPC server made of the service stubs that Qdrant's client ships: the protocol, with real
 * cosines, filters and pages, and refusals where Qdrant's documentation promises them. It is not
 * Qdrant; what it holds survives {@link #stop} and {@link #start} as a disk would.
 */
public final class QdrantProtocolServer implements AutoCloseable {
  private final ServerCredentials credentials;
  private final String scheme;
  private final String key;
  private final ProtocolMemory memory = new ProtocolMemory();
  private final Deque<Status> troubles = new ArrayDeque<>();
  private final AtomicInteger calls = new AtomicInteger();
  private int port;
  private Server server;

  /** Wants no key, in clear. */
  public QdrantProtocolServer() {
    this(InsecureServerCredentials.create(), "http", "");
  }

  /** Wants {@code key} with every call; empty wants none. */
  public QdrantProtocolServer(ServerCredentials credentials, String scheme, String key) {
    this.credentials = credentials;
    this.scheme = scheme;
    this.key = key;
    start();
  }

  /** Where it listens, the same after every start. */
  public URI address() {
    return URI.create(scheme + "://localhost:" + port);
  }

  /** Starts to answer. */
  public void start() {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      server =
          NettyServerBuilder.forAddress(address, credentials)
              .addService(new ProtocolCollections(memory))
              .addService(new ProtocolPoints(memory))
              .intercept(new Door())
              .build()
              .start();
      port = server.getPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing answers any more. */
  public void stop() {
    server.shutdownNow();
    try {
      server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next call ends so. */
  public synchronized void trouble(Status status) {
    troubles.add(status);
  }

  /** How many calls arrived. */
  public int calls() {
    return calls.get();
  }

  /** What it holds. */
  public ProtocolMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    stop();
  }

  private synchronized Status next() {
    Status trouble = troubles.poll();
    return trouble == null ? Status.OK : trouble;
  }

  private final class Door implements ServerInterceptor {
    private static final Metadata.Key<String> API_KEY =
        Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      calls.incrementAndGet();
      Status status = next();
      if (!key.isEmpty() && !key.equals(headers.get(API_KEY))) {
        status = Status.UNAUTHENTICATED.withDescription("Invalid API key");
      }
      if (!status.isOk()) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }
}

package dev.pipeline.export.llama;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The child JVM's main: answers {@link Request}s, one JSON line each, until its input closes. */
public final class LlamaWorker {
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final Pointer IGNORE = Pointer.createConstant(1);

  private LlamaWorker() {}

  /**
   * Runs until standard input ends.
   *
   * @param arguments the path of a libllama.so, empty for the one that ships
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    CLibrary c = Native.load("c", CLibrary.class);
    leaveInterruptionToTheParent(c);
    PrintStream replies = claimStandardOutput(c);
    BlockingQueue<String> requests = followStandardInput();
    WorkerSession session = new WorkerSession(own(arguments));
    while (true) {
      Request request =
          Json.parse(requests.take(), Request.class, "the request of the parent process");
      Reply reply = answer(session, request, replies);
      send(replies, reply);
    }
  }

  private static Optional<Path> own(String[] arguments) {
    return arguments.length == 0 || arguments[0].isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(arguments[0]));
  }

  private static Reply answer(WorkerSession session, Request request, PrintStream replies) {
    try {
      Object result = session.answer(request, share -> send(replies, Reply.progress(share)));
      return Reply.result(result);
    } catch (Failure failure) {
      return Reply.problem(failure);
    } catch (RuntimeException | LinkageError | OutOfMemoryError bug) {
      bug.printStackTrace();
      return Reply.problem(
          Failure.infrastructure(
              "the llama.cpp process failed: " + bug,
              "report this, with the configuration that led to it",
              bug));
    }
  }

  private static void send(PrintStream replies, Reply reply) {
    replies.println(Json.line(reply));
    replies.flush();
  }

  /** Exits at once when the parent is gone, whatever native code is doing. */
  private static BlockingQueue<String> followStandardInput() {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader input =
                  new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                input.lines().forEach(lines::add);
              } catch (IOException | RuntimeException ignored) {
                // A broken pipe is the end, too.
              }
              Runtime.getRuntime().halt(0);
            },
            "requests");
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  /**
   * Ctrl-C and a closed terminal reach the whole process group; the parent goes on to its next safe
   * point and still needs its child until then.
   */
  private static void leaveInterruptionToTheParent(CLibrary c) {
    c.signal(SIGINT, IGNORE);
    c.signal(SIGHUP, IGNORE);
  }

  /**
   * Keeps the pipe to the parent for replies alone: native code that prints to file descriptor 1
   * now prints to standard error.
   */
  private static PrintStream claimStandardOutput(CLibrary c) throws IOException {
    int pipe = c.dup(1);
    if (pipe < 0 || c.dup2(2, 1) < 0) {
      throw new IOException("cannot duplicate standard output");
    }
    return new PrintStream(new FileOutputStream("/dev/fd/" + pipe), false, StandardCharsets.UTF_8);
  }

  /** Calls that rearrange file descriptors and signals. */
  interface CLibrary extends Library {
    int dup(int descriptor);

    int dup2(int from, int to);

    Pointer signal(int number, Pointer handler);
  }
}

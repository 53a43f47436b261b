package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.release.ollama.FakeOllama;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills processes that release and roll back, with -9 at random moments, and looks at what they
 * leave; then runs the command that was killed again and looks once more. {@code
 * scripts/soak/release.sh} runs {@link #main}.
 */
final class ReleaseSoak {
  private static final int MOST_WORKS = 5;
  private static final List<Misbehaviour> SERVER =
      List.of(
          Misbehaviour.NONE,
          Misbehaviour.NONE,
          Misbehaviour.NONE,
          Misbehaviour.RESTART_AFTER_UPLOAD,
          Misbehaviour.RESTART_IN_CREATE,
          Misbehaviour.BREAK_IN_UPLOAD);

  private static final String WORK = "work ";
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private final Path folder;
  private final Random random;
  private int faults;

  ReleaseSoak(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** Takes the folder, the kills and the seed; or, in the process that is killed, more. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    if (arguments.length == 5) {
      work(
          folder,
          URI.create(arguments[1]),
          Integer.parseInt(arguments[2]),
          Long.parseLong(arguments[3]));
      return;
    }
    ReleaseSoak soak = new ReleaseSoak(folder, Long.parseLong(arguments[2]));
    int kills = Integer.parseInt(arguments[1]);
    System.out.println(soak.run(kills));
    System.exit(soak.faults == 0 ? 0 : 1);
  }

  /** Kills that many processes; returns what was found, in a sentence. */
  String run(int kills) throws Exception {
    Map<String, Integer> during = new TreeMap<>();
    int amid = 0;
    int releases;
    try (FakeOllama server = new FakeOllama()) {
      SoakModel model = new SoakModel(folder.resolve("soak"), server.address());
      for (int kill = 1; kill <= kills; kill++) {
        server.misbehave(SERVER.get(random.nextInt(SERVER.size())));
        killOne(server.address(), kill);
        report(kill, "killed", new SoakCheck(model).afterKill());
        amid += Files.exists(new ReleaseFolders(model.folder()).pending()) ? 1 : 0;
        server.misbehave(Misbehaviour.NONE);
        String work = Files.readString(begun(folder));
        during.merge(work.split(" ", 2)[0], 1, Integer::sum);
        model.doIt(work);
        report(kill, "ended", new SoakCheck(model).afterEnd());
      }
      releases = new ReleaseLog(model.folder()).entries().size();
    }
    return "%d kills %s, %d of them within a switch, %d publications and rollbacks: %d faults"
        .formatted(kills, during, amid, releases, faults);
  }

  int faults() {
    return faults;
  }

  private void report(int kill, String when, List<String> found) {
    for (String fault : found) {
      faults++;
      System.out.println("kill " + kill + ", " + when + ": " + fault);
    }
  }

  private void killOne(URI server, int kill) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ReleaseSoak.class.getName(),
                folder.toString(),
                server.toString(),
                String.valueOf(kill),
                String.valueOf(random.nextLong()),
                "work")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      // Somewhere within one of its works, however long those take on this machine today.
      int works = 1 + random.nextInt(MOST_WORKS);
      long last = System.nanoTime();
      long took = 0;
      for (int seen = 0; seen < works; seen++) {
        String line = out.readLine();
        if (line == null || !line.startsWith(WORK)) {
          throw new IllegalStateException("the worker says " + line);
        }
        long now = System.nanoTime();
        took = seen == 0 ? FIRST_NANOS : now - last;
        last = now;
      }
      TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * took));
      // By its handle, which leaves its output open.
      process.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!line.startsWith(WORK)) {
          faults++;
          System.out.println("kill " + kill + ", the worker: " + line);
        }
      }
    }
    process.waitFor();
  }

  /** Releases and rolls back until it is killed. */
  private static void work(Path folder, URI server, int round, long seed) throws IOException {
    SoakModel model = new SoakModel(folder.resolve("soak"), server);
    Random random = new Random(seed);
    for (int step = 0; ; step++) {
      String work =
          step == 0
              ? "publish run-" + round
              : switch (random.nextInt(4)) {
                case 0, 1 -> "rollback";
                case 2 -> "publish run-" + round + "-" + step;
                default -> "prune";
              };
      AtomicFiles.writeString(begun(folder), work);
      System.out.println(WORK + work);
      model.doIt(work);
    }
  }

  private static Path begun(Path folder) {
    return folder.resolve("begun");
  }
}

package dev.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Slurm cluster of one node, this machine, from Debian's packages ({@code apt-get install
 * slurmctld slurmd slurm-client munge}), with everything it writes in a folder of its own. No
 * cgroups, no accounting. It needs root, as slurmd does to become the users whose jobs it runs.
 */
final class DebianSlurm implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/bin/sbatch");

  private final Path home;
  private final Path config;

  private DebianSlurm(Path home) {
    this.home = home;
    this.config = home.resolve("slurm.conf");
  }

  /** Starts one; the test is skipped, and says so, where the packages or the rights are missing. */
  static DebianSlurm start() {
    Assumptions.assumeTrue(
        PROGRAMS.stream().allMatch(program -> Files.isExecutable(Path.of(program))),
        "no Slurm here (Debian: apt-get install slurmctld slurmd slurm-client munge)");
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "slurmd runs jobs only as root");
    try {
      DebianSlurm slurm = new DebianSlurm(Files.createTempDirectory("slurm"));
      slurm.startAll();
      return slurm;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What tells Slurm's commands which cluster is meant. */
  Path config() {
    return config;
  }

  /** Where it keeps everything. */
  Path home() {
    return home;
  }

  /** Number of the job that was submitted last. */
  String newestJob() {
    return said("/usr/bin/squeue", "-h", "-a", "-t", "all", "-o", "%i", "--sort=-i")
        .lines()
        .findFirst()
        .orElseThrow();
  }

  /** Asks a job that runs to save its state and to be queued again, as its time limit would. */
  void timeIsNearlyUp(String job) {
    run("/usr/bin/scancel", "--batch", "--signal=USR1", job);
  }

  private void startAll() throws IOException {
    Path key = home.resolve("munge.key");
    byte[] random = new byte[128];
    new SecureRandom().nextBytes(random);
    Files.write(key, random);
    run("chmod", "0400", key.toString());
    run("chmod", "0755", home.toString());
    Files.createDirectories(home.resolve("state"));
    Files.createDirectories(home.resolve("spool"));
    Files.writeString(config, text());
    run(
        "/usr/sbin/munged",
        "--force",
        "--key-file=" + key,
        "--socket=" + home.resolve("munge.socket"),
        "--pid-file=" + home.resolve("munged.pid"),
        "--log-file=" + home.resolve("munged.log"),
        "--seed-file=" + home.resolve("munged.seed"));
    run("/usr/sbin/slurmctld", "-f", config.toString());
    run("/usr/sbin/slurmd", "-f", config.toString());
    while (!said("/usr/bin/sinfo", "-h", "-o", "%T").equals("idle")) {
      LockSupport.parkNanos(100_000_000);
    }
  }

  private String text() throws IOException {
    String host = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
    return """
        ClusterName=test
        SlurmctldHost=%s(127.0.0.1)
        SlurmctldPort=%d
        SlurmdPort=%d
        SlurmUser=root
        AuthType=auth/munge
        AuthInfo=socket=%s/munge.socket,cred_expire=5
        StateSaveLocation=%s/state
        SlurmdSpoolDir=%s/spool
        SlurmctldPidFile=%s/slurmctld.pid
        SlurmdPidFile=%s/slurmd.pid
        SlurmctldLogFile=%s/slurmctld.log
        SlurmdLogFile=%s/slurmd.log
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SwitchType=switch/none
        MpiDefault=none
        ReturnToService=2
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core
        SchedulerParameters=sched_interval=1
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        NodeName=%s NodeAddr=127.0.0.1 CPUs=%d RealMemory=4000 State=UNKNOWN
        PartitionName=debug Nodes=%s Default=YES MaxTime=INFINITE State=UP
        """
        .replace("%s/", home + "/")
        .formatted(
            host, freePort(), freePort(), host, Runtime.getRuntime().availableProcessors(), host);
  }

  @Override
  public void close() {
    for (String daemon : List.of("slurmd", "slurmctld", "munged")) {
      try {
        long pid = Long.parseLong(Files.readString(home.resolve(daemon + ".pid")).strip());
        ProcessHandle.of(pid).ifPresent(DebianSlurm::end);
      } catch (IOException neverStarted) {
        // Then there is nothing to end.
      }
    }
    run("rm", "-rf", home.toString());
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    process.onExit().join();
  }

  private void run(String... command) {
    said(command);
  }

  private String said(String... command) {
    try {
      Path output = Files.createTempFile(home.getParent(), "slurm", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("SLURM_CONF", config.toString());
      int status = builder.start().waitFor();
      String words = Files.readString(output).strip();
      Files.delete(output);
      if (status != 0 && Stream.of(command).noneMatch("/usr/bin/sinfo"::equals)) {
        throw new IllegalStateException(List.of(command) + " ended with " + status + ": " + words);
      }
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("recipe")
class OrphanTest {
  @Test
  void theChildEndsWhenItsParentIsKilled() throws IOException, InterruptedException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = parent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();

      parent.destroyForcibly().waitFor();

      assertThat(child.onExit()).as("the child's end").succeedsWithin(20, TimeUnit.SECONDS);
    }
  }

  /** Starts a child, tells its process id and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      LlamaProcess child = LlamaProcess.start();
      System.out.println(child.processId());
      Thread.sleep(60_000);
      child.close();
    }
  }
}

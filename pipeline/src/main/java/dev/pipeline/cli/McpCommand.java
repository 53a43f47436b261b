package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.mcp.McpServer;
import dev.pipeline.mcp.McpStdio;
import dev.pipeline.mcp.Tools;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipeline mcp}: tools for agents. */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "Lets agents look up plans, runs, datasets and releases by the Model Context Protocol.",
      "Learnings, gate results and documents, too. It speaks on standard input and output, until"
          + " the input ends. The agent's program starts it; nothing that it can ask changes anything."
    })
final class McpCommand implements Callable<Integer> {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(List.of(), "memory");
    Runs.logTo(config);
    PrintStream out = System.out;
    // Standard output belongs to the protocol; whatever else prints there would break it.
    System.setOut(System.err);
    try {
      McpStdio.serve(
          new McpServer(
              new Tools(config), new Version().getVersion()[0].replaceFirst("^pipeline ", "")),
          System.in,
          out);
    } finally {
      System.setOut(out);
    }
    return ExitCode.OK.status();
  }
}

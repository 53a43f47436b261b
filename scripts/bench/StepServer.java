package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Json;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Optimiser steps on demand, so that another program can time them against its own: each line on standard input is the number of
 * steps to do, each line on standard output the loss of the last. It is in the trainer's package to call the trainer's own parts.
 *
 * <pre>
 * StepServer MODEL ADAPTER IDS.json THREADS [checkpointing] [nf4] [packed]
 * </pre>
 *
 * IDS.json holds a list of rows of token ids, all of which carry loss but the first of each.
 */
public final class StepServer {
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments).subList(4, arguments.length);
    long[][] rows = Json.mapper().readValue(Path.of(arguments[2]).toFile(), long[][].class);
    List<TrainingExample> examples =
        Arrays.stream(rows).map(ids -> new TrainingExample("row", ids, 1)).toList();
    Batch batch = options.contains("packed") ? Batch.packed(examples) : Batch.of(examples);
    try (Torch torch = Torch.open("cpu", Integer.parseInt(arguments[3]));
        Decoder decoder =
            DecoderLoader.load(
                torch,
                ModelFolder.open(Path.of(arguments[0])),
                Math.max(batch.length(), 128),
                options.contains("nf4") ? BasePrecision.NF4 : BasePrecision.COMPUTED);
        LoraAdapter adapter =
            AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), Path.of(arguments[1]));
        AdamW optimizer =
            new AdamW(torch, adapter.parameters(), AdamWSettings.defaults(), java.util.Map.of(), 0)) {
      GradientPass pass =
          new GradientPass(torch, decoder, adapter, options.contains("checkpointing"), 0);
      serve(pass, batch, optimizer);
    }
  }

  private static void serve(GradientPass pass, Batch batch, AdamW optimizer) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      double loss = 0;
      for (int step = 0; step < Integer.parseInt(line); step++) {
        loss = pass.accumulate(batch, batch.trainedTokens(), step);
        optimizer.step(1e-4);
      }
      System.out.println(loss);
    }
  }
}

package dev.pipeline.export.llama;

import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** What the child JVM holds: the library, once something needs it, and at most one model. */
final class WorkerSession {
  private final Optional<Path> own;
  private @Nullable LlamaLibrary library;
  private @Nullable LoadedModel model;
  private @Nullable Rows rows;

  /** A session with the libllama.so {@code own}, or without with the one that ships. */
  WorkerSession(Optional<Path> own) {
    this.own = own;
  }

  /** Does what {@code request} asks; the result can be written as JSON. */
  Object answer(Request request, DoubleConsumer progress) {
    if (request instanceof Request.Describe) {
      return library().llamaPrintSystemInfo();
    }
    if (request instanceof Request.Load load) {
      return load(load);
    }
    if (request instanceof Request.Quantise quantise) {
      new TensorQuantiser(library(), quantise, progress).run();
      return true;
    }
    if (request instanceof Request.Begin begin) {
      List<int[]> prompts = begin.prompts().stream().map(WorkerSession::ints).toList();
      rows = new Rows(loadedModel(), begin.options(), prompts);
      return rows.kept();
    }
    if (request instanceof Request.Advance advance) {
      return begun().step(advance.dropped());
    }
    return answer(request, loadedModel());
  }

  private Rows begun() {
    if (rows == null) {
      throw new IllegalStateException("no rows were begun");
    }
    return rows;
  }

  private static Object answer(Request request, LoadedModel model) {
    if (request instanceof Request.Tokenize tokenize) {
      return model.vocabulary().tokenize(tokenize.text(), tokenize.parseSpecial());
    }
    if (request instanceof Request.Detokenize detokenize) {
      return model.vocabulary().detokenize(ints(detokenize.tokens()));
    }
    if (request instanceof Request.Generate generate) {
      return new Generator(model, generate.options()).generate(ints(generate.prompt()));
    }
    if (request instanceof Request.Score score) {
      return model.score(ints(score.tokens()), score.firstScored());
    }
    if (request instanceof Request.ScoreEndings score) {
      return model.scoreEndings(
          ints(score.tokens()), score.endings().stream().map(WorkerSession::ints).toList());
    }
    if (request instanceof Request.Logits logits) {
      return model.logitsAfter(ints(logits.tokens()));
    }
    if (request instanceof Request.WriteLogits write) {
      LogitsOnDisk.write(model, ints(write.tokens()), write.firstScored(), Path.of(write.file()));
      return true;
    }
    if (request instanceof Request.CompareLogits compare) {
      return LogitsOnDisk.compare(
          model, ints(compare.tokens()), compare.firstScored(), Path.of(compare.file()));
    }
    if (request instanceof Request.Speed speed) {
      return ModelSpeed.of(model, ints(speed.prompt()), speed.generated());
    }
    throw new IllegalArgumentException("unknown request " + request);
  }

  private ModelSummary load(Request.Load request) {
    if (model != null) {
      model.close();
      model = null;
      rows = null;
    }
    model = LoadedModel.load(library(), Path.of(request.path()), request.loading());
    return model.summary();
  }

  private LlamaLibrary library() {
    if (library == null) {
      library = own.isPresent() ? LlamaNative.load(own.get()) : LlamaNative.load();
    }
    return library;
  }

  private LoadedModel loadedModel() {
    if (model == null) {
      throw Failure.usage("no model is loaded", "load a GGUF first");
    }
    return model;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}

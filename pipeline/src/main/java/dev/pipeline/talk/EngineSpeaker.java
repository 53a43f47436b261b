package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.Tokenizer;
import dev.pipeline.generate.Continuation;
import dev.pipeline.generate.Ended;
import dev.pipeline.generate.Generator;
import dev.pipeline.generate.Prompt;
import dev.pipeline.generate.Sampling;
import dev.pipeline.generate.Stops;
import dev.pipeline.io.Progress;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A base model, with an adapter or without, on the engine that trains. */
public final class EngineSpeaker implements Speaker {
  private final String name;
  private final String weights;
  private final Loaded model;
  private final Voice voice;
  private final int contextTokens;
  private final int parallel;

  /**
   * A speaker that closes {@code model} in the end.
   *
   * @param weights type of the base's matrices
   * @param parallel conversations answered side by side
   */
  public EngineSpeaker(
      String name, String weights, Loaded model, Voice voice, int contextTokens, int parallel) {
    this.name = name;
    this.weights = weights;
    this.model = model;
    this.voice = voice;
    this.contextTokens = contextTokens;
    this.parallel = parallel;
  }

  /**
   * What is loaded.
   *
   * @param adapter on top of {@code decoder}
   * @param stopTokens that end an answer
   */
  public record Loaded(
      Torch torch,
      Decoder decoder,
      Optional<LoraAdapter> adapter,
      Tokenizer tokenizer,
      Set<Long> stopTokens)
      implements AutoCloseable {
    public Loaded {
      stopTokens = Set.copyOf(stopTokens);
    }

    @Override
    public void close() {
      adapter.ifPresent(LoraAdapter::close);
      decoder.close();
      torch.close();
      tokenizer.close();
    }
  }

  @Override
  public String name() {
    return "%s (%s) on the engine that trains".formatted(name, weights);
  }

  @Override
  public String weights() {
    return weights;
  }

  @Override
  public int contextTokens() {
    return contextTokens;
  }

  @Override
  public int parallel() {
    return parallel;
  }

  @Override
  public int count(List<ChatMessage> conversation) {
    return model.tokenizer().count(voice.prompt(conversation));
  }

  @Override
  public List<Reply> answer(
      List<List<ChatMessage>> conversations, Answering how, Listener listener, StopButton stop) {
    long started = System.nanoTime();
    List<Prompt> prompts =
        IntStream.range(0, conversations.size())
            .mapToObj(i -> prompt(i, voice.prompt(conversations.get(i))))
            .toList();
    List<Utterance> utterances =
        IntStream.range(0, prompts.size())
            .mapToObj(i -> utterance(i, prompts.get(i).tokens().size(), listener, started))
            .toList();
    List<TokenText> texts =
        prompts.stream().map(prompt -> new TokenText(model.tokenizer()::decode)).toList();
    List<Continuation> made =
        generator(how)
            .generate(
                prompts,
                Progress.SILENT,
                (id, token) -> {
                  int i = Integer.parseInt(id);
                  hear(token, utterances.get(i), texts.get(i));
                  return !utterances.get(i).isOver() && !stop.isPressed();
                });
    return IntStream.range(0, made.size())
        .mapToObj(i -> utterances.get(i).reply(stoppedBy(made.get(i).ended())))
        .toList();
  }

  private void hear(long token, Utterance utterance, TokenText text) {
    utterance.sampled();
    if (!model.stopTokens().contains(token)) {
      utterance.said(text.add(token));
    }
  }

  private static StoppedBy stoppedBy(Ended ended) {
    return switch (ended) {
      case STOP -> StoppedBy.MODEL;
      case LENGTH -> StoppedBy.LENGTH;
      case WATCH -> StoppedBy.PERSON;
    };
  }

  private Generator generator(Answering how) {
    return new Generator(
        model.torch(),
        model.decoder(),
        model.adapter().orElse(null),
        new Sampling(1, how.temperature(), 0, how.topP(), how.seed()),
        // Stop words are among what the cleaner ends a reply at.
        Stops.at(model.stopTokens(), model.tokenizer()::decode),
        how.maxTokens(),
        parallel);
  }

  private Prompt prompt(int index, String text) {
    return new Prompt(
        String.valueOf(index), Arrays.stream(model.tokenizer().encode(text)).boxed().toList());
  }

  private Utterance utterance(int index, int tokens, Listener listener, long started) {
    return new Utterance(index, tokens, tokens, voice.cleaner(), listener, started);
  }

  /** The process is this one; what the program itself takes is a part of it. */
  @Override
  public Footprint footprint() {
    return Footprint.ofProcess(ProcessHandle.current().pid());
  }

  @Override
  public void close() {
    model.close();
  }
}

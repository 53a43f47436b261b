package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.review.Contest;
import dev.pipeline.evaluate.review.RecordedApprovals;
import dev.pipeline.evaluate.review.ReviewDraw;
import dev.pipeline.evaluate.review.ReviewFolder;
import dev.pipeline.evaluate.review.ReviewInvitations;
import dev.pipeline.evaluate.review.ReviewKey.DatasetReference;
import dev.pipeline.evaluate.review.ReviewServer;
import dev.pipeline.evaluate.review.ReviewSheet;
import dev.pipeline.evaluate.review.Unblinding;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.EvaluatedRuns;
import dev.pipeline.jobs.Workspace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline review create|serve|invite|results|export|import}. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lets people judge two models' answers without knowing who wrote which.")
final class ReviewCommand {
  /** Pairs that reviewers decided. */
  static final String PAIRS = "pairs.jsonl";

  /** Both pairs of each item that reviewers are even in. */
  static final String DISPUTED = "disputed.jsonl";

  private static final String BASE = "base";
  private static final Duration POLL = Duration.ofMillis(100);

  private final StopSignal stop;

  ReviewCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Command(
      description = "Draws held-out rows with two answers each, from what an evaluation left.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin ConfigOptions settings,
      @Option(
              names = "--run",
              paramLabel = "RUN",
              description = "An evaluation's folder below runs, or how it begins. Default: newest.")
          @Nullable String run,
      @Option(
              names = "--against",
              paramLabel = "base|RUN",
              defaultValue = BASE,
              description = "Its base model, or the tuned model of another evaluation.")
          String against,
      @Option(
              names = "--items",
              paramLabel = "N",
              defaultValue = "30",
              description = "Default: ${DEFAULT-VALUE}")
          int items,
      @Option(
              names = "--seed",
              paramLabel = "N",
              description = "Decides rows, order and sides. Default: a new one, kept in the key.")
          @Nullable Long seed) {
    PipelineConfig config = settings.load(List.of(), "model");
    EvaluatedRuns runs = new EvaluatedRuns(config.model());
    Path folder = run == null ? runs.latest() : runs.named(run);
    Contest contest = contest(config, folder, against);
    DatasetReference dataset = EvaluatedRuns.dataset(folder).orElse(null);
    long drawn = seed == null ? new SecureRandom().nextLong() : seed;
    ReviewDraw draw = ReviewDraw.of(contest, dataset, items, drawn);
    Path reviews = Workspace.of(config.model()).model().resolve("reviews");
    Path made = ReviewFolder.create(reviews, draw).path();
    System.out.printf(
        "%d of %d held-out rows%s, %s against %s -> %s%n",
        draw.items().size(),
        contest.rows().size(),
        draw.items().size() < items ? " (" + items + " were asked for; there are no more)" : "",
        contest.candidate().name(),
        contest.rival().name(),
        made);
    Printable.println(
        "next: pipeline review serve --folder "
            + made
            + " --reviewer NAME; or pipeline review invite --folder "
            + made
            + " --reviewer NAME where pipeline serve shows the page");
    return ExitCode.OK.status();
  }

  @Command(
      description = "Shows a review's page to this machine until Ctrl-C; opinions survive a crash.",
      mixinStandardHelpOptions = true)
  int serve(
      @Mixin ReviewOption review,
      @Option(
              names = "--reviewer",
              paramLabel = "NAME",
              description = "Invites somebody; may be repeated. Earlier ones stay invited.")
          @Nullable List<String> reviewers,
      @Option(
              names = "--port",
              paramLabel = "PORT",
              defaultValue = "0",
              description = "0 takes a free one. Default: ${DEFAULT-VALUE}")
          int port) {
    List<String> newcomers = reviewers == null ? List.of() : reviewers;
    try (ReviewServer server = ReviewServer.start(review.open(), newcomers, port)) {
      server.links().forEach((name, link) -> Printable.println(name + "  " + link));
      Printable.println("Ctrl-C ends; what reviewers said is kept");
      System.out.flush();
      while (!stop.isRequested()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Invites people to a review that 'pipeline serve' shows, and prints each one's own link.",
        "Who was invited before keeps the same link. The service need not be started anew."
      },
      mixinStandardHelpOptions = true)
  int invite(
      @Mixin ReviewOption review,
      @Option(
              names = "--reviewer",
              paramLabel = "NAME",
              required = true,
              description = "Whom to invite; may be repeated.")
          List<String> reviewers,
      @Option(
              names = "--at",
              paramLabel = "ADDRESS",
              defaultValue = "http://127.0.0.1:8080",
              description = "Where the service is. Default: ${DEFAULT-VALUE}")
          String address) {
    if (!address.matches("https?://[^\\s#?]+")) {
      throw Failure.usage(
          "--at " + address + " is no address of a service",
          "write it as the service tells it, such as http://127.0.0.1:8080");
    }
    ReviewInvitations.invite(review.open(), reviewers, address)
        .forEach((name, link) -> Printable.println(name + "  " + link));
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Opens the key: win rate, ratings, agreement.",
        "It writes pairs.jsonl and disputed.jsonl, and records approvals beside the dataset version."
      },
      mixinStandardHelpOptions = true)
  int results(
      @Mixin ReviewOption review,
      @Option(names = "--partial", description = "Look although opinions are open.")
          boolean partial,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    ReviewFolder folder = review.open();
    Unblinding unblinded = Unblinding.of(folder, partial);
    List<String> made = new ArrayList<>();
    made.add(write(folder, PAIRS, unblinded.pairs().decided()));
    made.add(write(folder, DISPUTED, unblinded.pairs().disputed()));
    DatasetReference dataset = unblinded.key().dataset();
    if (dataset != null && !unblinded.results().approvals().isEmpty()) {
      Path file = RecordedApprovals.record(dataset, folder, unblinded.results().approvals());
      made.add("approvals of the conversations -> " + file);
    }
    made.add("the pairs come from held-out rows: who learns from them needs another hold-out");
    if (json) {
      Printable.print(Json.pretty(unblinded.results()));
    } else {
      Printable.print(ReviewText.of(unblinded));
      made.forEach(System.out::println);
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = "Writes a reviewer's table, to fill in without the page.",
      mixinStandardHelpOptions = true)
  int export(@Mixin ReviewOption review, @Mixin SheetOptions sheet) {
    ReviewSheet.export(review.open(), sheet.reviewer, sheet.csv);
    Printable.println(sheet.reviewer + "'s table -> " + sheet.csv);
    return ExitCode.OK.status();
  }

  @Command(
      name = "import",
      description = "Takes over a table that a reviewer filled in.",
      mixinStandardHelpOptions = true)
  int take(@Mixin ReviewOption review, @Mixin SheetOptions sheet) {
    int taken = ReviewSheet.take(review.open(), sheet.reviewer, sheet.csv);
    Printable.println(taken + " opinions of " + sheet.reviewer + " taken over");
    return ExitCode.OK.status();
  }

  private static Contest contest(PipelineConfig config, Path folder, String against) {
    if (against.equals(BASE)) {
      return Contest.againstBase(EvaluationFiles.read(folder));
    }
    Path rival = new EvaluatedRuns(config.model()).named(against);
    return Contest.between(
        String.valueOf(folder.getFileName()),
        EvaluationFiles.read(folder),
        String.valueOf(rival.getFileName()),
        EvaluationFiles.read(rival));
  }

  private static String write(ReviewFolder folder, String name, List<?> pairs) {
    Path file = folder.path().resolve(name);
    JsonLines.write(file, pairs);
    return pairs.size() + " preference pairs -> " + file;
  }

  /** Which review. */
  static final class ReviewOption {
    @Option(
        names = "--folder",
        required = true,
        paramLabel = "FOLDER",
        description = "What create made.")
    Path folder = Path.of("");

    ReviewFolder open() {
      return ReviewFolder.open(folder);
    }
  }

  /** Whose table, and where it lies. */
  static final class SheetOptions {
    @Option(
        names = "--reviewer",
        required = true,
        paramLabel = "NAME",
        description = "Whose opinions the table holds.")
    String reviewer = "";

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "RFC 4180.")
    Path csv = Path.of("");
  }
}

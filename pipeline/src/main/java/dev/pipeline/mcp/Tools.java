package dev.pipeline.mcp;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.DocumentCollections;
import dev.pipeline.jobs.ExecutionLog;
import dev.pipeline.jobs.GateCheck;
import dev.pipeline.jobs.PlanStores;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.plan.Learning;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.release.ReleaseView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything that agents may ask, whichever way their question came. Read-only. */
public final class Tools {
  private static final Map<String, Object> LIMIT =
      Map.of("type", "integer", "minimum", 1, "maximum", 100, "description", "Default: 10.");

  private final PipelineConfig config;
  private final ExecutionLog executions;
  private final List<Tool> tools;

  /** Tools over what the model of {@code config} and its neighbours left behind. */
  public Tools(PipelineConfig config) {
    this.config = config;
    this.executions = ExecutionLog.open(config);
    this.tools =
        List.of(
            new Tool(
                "plans_list",
                "Lists plans of models that were trained, the newest first: what was trained on what,"
                    + " how well, and where it runs.",
                Map.of("model", text("Only plans of this model."), "limit", LIMIT),
                List.of(),
                this::plans),
            new Tool(
                "plans_search",
                "Finds plans that are close in meaning to a question, the closest first.",
                Map.of("query", text("The question."), "limit", LIMIT),
                List.of("query"),
                this::search),
            new Tool(
                "plans_get",
                "Tells one plan in full.",
                Map.of("id", text("As plans_list tells it.")),
                List.of("id"),
                this::plan),
            new Tool(
                "learnings_search",
                "Tells what was learnt beside plans: feedback and drift, the newest first, or what is"
                    + " close to a question.",
                Map.of("query", text("The question. Default: the newest."), "limit", LIMIT),
                List.of(),
                arguments -> learnings(Learning.LEARNING, arguments)),
            new Tool(
                "datasets_list",
                "Lists curated datasets: version, rows by part, what was rejected and redacted.",
                Map.of(),
                List.of(),
                arguments -> Map.of("datasets", Datasets.of(config))),
            new Tool(
                "runs_list",
                "Lists executions of jobs, the newest first: state, times, steps, and why one failed.",
                Map.of("limit", LIMIT),
                List.of(),
                this::runs),
            new Tool(
                "gate_result",
                "Judges an evaluated run by the gate's bounds: whether it passes, and each reason.",
                Map.of("run", text("How its name begins. Default: evaluated last.")),
                List.of(),
                this::gate),
            new Tool(
                "releases_list",
                "Lists releases of the model, which one serves, and who let it when.",
                Map.of(),
                List.of(),
                arguments ->
                    Map.of("releases", ReleaseView.of(Workspace.of(config.model()).model()))),
            new Tool(
                "documents_search",
                "Finds pieces of a collection of documents or code that are close to a question.",
                Map.of(
                    "collection", text("Its name."),
                    "query", text("The question."),
                    "limit", LIMIT),
                List.of("collection", "query"),
                this::documents));
  }

  /** As {@code tools/list} tells them. */
  List<Map<String, Object>> listed() {
    return tools.stream().map(Tool::listed).toList();
  }

  /** The tool called {@code name}. */
  Optional<Tool> named(String name) {
    return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
  }

  private Map<String, ?> plans(Arguments arguments) {
    return withPlans(
        plans ->
            Map.of(
                "plans",
                arguments
                    .optional("model")
                    .map(model -> plans.fetch(model, arguments.limit()))
                    .orElseGet(() -> plans.list(arguments.limit()))));
  }

  private Map<String, ?> search(Arguments arguments) {
    return withPlans(
        plans -> Map.of("matches", plans.search(arguments.text("query"), arguments.limit())));
  }

  private Map<String, ?> plan(Arguments arguments) {
    return withPlans(
        plans ->
            Map.of(
                "plan",
                plans
                    .find(arguments.uuid("id"))
                    .orElseThrow(
                        () -> Failure.usage("there is no such plan", "ask plans_list for ids"))));
  }

  private Map<String, ?> learnings(String type, Arguments arguments) {
    return withPlans(
        plans ->
            arguments
                .optional("query")
                .<Map<String, ?>>map(
                    query ->
                        Map.of("matches", plans.searchLearnings(type, query, arguments.limit())))
                .orElseGet(() -> Map.of("learnings", plans.learnings(type, arguments.limit()))));
  }

  private Map<String, ?> withPlans(Function<PlanStore, Map<String, ?>> work) {
    try (PlanStore plans = PlanStores.of(config)) {
      return work.apply(plans);
    }
  }

  /** From the log, which is never in a run's way; opening the store itself could be. */
  private Map<String, ?> runs(Arguments arguments) {
    return Map.of("runs", executions.list().stream().limit(arguments.limit()).toList());
  }

  private Map<String, ?> gate(Arguments arguments) {
    GateCheck.Question question =
        new GateCheck.Question(
            Optional.empty(),
            arguments.optional("run").map(Tools::plainName),
            false,
            Optional.empty(),
            Optional.empty());
    GateCheck check = GateCheck.of(config, question, new StopSignal(), Progress.SILENT);
    return Map.of(
        "run", check.subject(), "pass", check.verdict().pass(), "checks", check.verdict().checks());
  }

  /** A run may also be named by its folder; an agent is not to look into any. */
  private static String plainName(String run) {
    if (!run.matches("[A-Za-z0-9-]{1,100}")) {
      throw Failure.usage(
          "argument 'run' is no name of a run", "give it one as runs_list tells it");
    }
    return run;
  }

  private Map<String, ?> documents(Arguments arguments) {
    return Map.of(
        "passages",
        DocumentCollections.search(
            config, arguments.text("collection"), arguments.text("query"), arguments.limit()));
  }

  private static Map<String, Object> text(String description) {
    return Map.of("type", "string", "description", description);
  }
}

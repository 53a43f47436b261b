package dev.pipeline.release;

import static dev.pipeline.chat.ChatMessage.assistant;
import static dev.pipeline.chat.ChatMessage.system;
import static dev.pipeline.chat.ChatMessage.user;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.config.BaseDescription;
import dev.pipeline.config.ConfigLoader;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Go's own text/template is asked, to hold ours against its answers: every rule that chat
 * templates use, and the templates of all known models. {@code scripts/peers/go_templates.sh} runs
 * {@link #main} and keeps what Go makes of it.
 */
final class GoTemplateCases {
  static final Path MODELS = Path.of("../configs/models");

  /** What every case is carried out on, besides the system message joined. */
  static final List<ChatMessage> MESSAGES =
      List.of(
          system("Be \"brief\" & kind."),
          user("Can you hold <12> EUR?"),
          assistant("We\ncan."),
          user("漢字 ok"));

  private static final List<String> TEMPLATES =
      List.of(
          "plain text, { single } braces",
          "{{ .System }}|{{.System}}|{{- .System -}} | {{ .Missing }}",
          "a  {{- /* gone */ -}}  b{{/* gone */}}c",
          "a \n\t{{- \"x\" }} b {{ \"y\" -}}\n\n c",
          "{{- 3}} {{3 -}} {{ -3 }} {{ 0x10 }} {{ 1_000 }} {{ 'a' }} {{ '\\n' }} {{ 010 }}",
          "{{ \"q\\\"uo\\\\te\\n\\t\\u00e9\\x41\\101\" }} {{ `raw \\n \"q\"` }}",
          "{{ true }} {{ false }} {{ .T }} {{ .N }}",
          "{{ if .System }}yes{{ else }}no{{ end }} {{ if .Empty }}yes{{ else }}no{{ end }}",
          "{{ if .Missing }}a{{ else if .Empty }}b{{ else if .T }}c{{ else }}d{{ end }}",
          "{{ if .List }}l{{ end }}{{ if .None }}n{{ end }}{{ if .Zero }}z{{ end }}{{ if not .Zero }}nz{{ end }}",
          "{{ range .List }}[{{ . }}]{{ end }}{{ range .None }}x{{ else }}empty{{ end }}",
          "{{ range $i, $e := .List }}{{ $i }}={{ $e }},{{ end }}{{ range $e := .List }}{{ $e }}{{ end }}",
          "{{ range $k, $v := .Map }}{{ $k }}:{{ $v }};{{ end }}",
          "{{ range .List }}{{ if eq . \"b\" }}{{ continue }}{{ end }}{{ . }}{{ end }}",
          "{{ range .List }}{{ if eq . \"b\" }}{{ break }}{{ end }}{{ . }}{{ end }}",
          "{{ range .Messages }}{{ .Role }}: {{ .Content }}\n{{ end }}",
          "{{ range $i, $m := .Messages }}{{ if eq $m.Role \"user\" \"system\" }}{{ $i }}{{ $.System }}{{ end }}{{ end }}",
          "{{ (index .Messages 0).Role }} {{ (index .Messages 1).Content }} {{ index .List 2 }} {{ index .Map \"k\" }}{{ index .Map \"no\" }}",
          "{{ len .Messages }} {{ len .List }} {{ len .System }} {{ len \"漢\" }} {{ len .Map }}",
          "{{ slice .System 3 }}|{{ slice .System 0 2 }}|{{ slice .System 3 8 }}|{{ range slice .List 1 }}{{ . }}{{ end }}|{{ range slice .List 0 2 }}{{ . }}{{ end }}",
          "{{ range slice .Messages 1 }}{{ .Role }} {{ end }}",
          "{{ and .T .System }} {{ and .Empty .System }} {{ or .Empty .System }} {{ or .Empty .Zero }} {{ and .T 1 \"x\" }}",
          "{{ or .T (index .List 99) }} {{ and .Empty (index .List 99) }}",
          "{{ not .T }} {{ not .Empty }} {{ ne .N 3 }} {{ lt .N 4 }} {{ le .N 3 }} {{ gt .N 3 }} {{ ge .N 3 }}",
          "{{ eq \"a\" \"b\" \"a\" }} {{ lt \"a\" \"b\" }} {{ gt \"é\" \"z\" }} {{ eq true .T }}",
          "{{ .N | printf2 }}",
          "{{ .System | len }} {{ \"x\" | eq \"x\" }} {{ 3 | lt 2 }} {{ .List | len | eq 3 }}",
          "{{ $x := .N }}{{ $x }}{{ $x = 5 }}{{ $x }}{{ if true }}{{ $x = 6 }}{{ $y := 1 }}{{ end }}{{ $x }}",
          "{{ $last := \"\" }}{{ range .List }}{{ $last = . }}{{ end }}{{ $last }}",
          "{{ if $s := .System }}{{ $s }}{{ end }}{{ with $s := .Empty }}{{ $s }}{{ else }}none{{ end }}",
          "{{ with .Map }}{{ .k }}{{ $.System }}{{ end }}{{ with .Empty }}x{{ else }}{{ .System }}{{ end }}",
          "{{ with index .Messages 1 }}{{ .Role }}{{ end }}",
          "{{ print \"a\" 1 2 \"b\" 3 true false }} {{ println .N \"x\" }}|",
          "{{ json .System }} {{ json .N }} {{ json .T }} {{ json \"a<b>&c\\n\\u2028\" }}",
          "{{ if and (eq .N 3) (ne .System \"\") }}both{{ end }}{{ if or (eq .N 4) .T }}one{{ end }}",
          "{{ $system := \"\" }}{{ range .Messages }}{{ if eq .Role \"system\" }}{{ if $system }}{{ $system = print $system \"\\n\\n\" .Content }}{{ else }}{{ $system = .Content }}{{ end }}{{ end }}{{ end }}{{ $system }}",
          "{{- range $i, $_ := .Messages }}\n{{- $last := eq (len (slice $.Messages $i)) 1 }}\n{{- if eq .Role \"user\" }}[INST] {{ if and $last $.System }}{{ $.System }}\n\n{{ end }}{{ .Content }}[/INST]\n{{- else if eq .Role \"assistant\" }} {{ .Content }}</s>\n{{- end }}\n{{- end }}",
          "{{ if .System }}<|system|>\n{{ .System }}<|end|>\n{{ end }}{{ if .Prompt }}<|user|>\n{{ .Prompt }}<|end|>\n{{ end }}<|assistant|>\n{{ .Response }}<|end|>",
          "{{ range .Messages }}{{ .Images }}{{ end }}",
          "{{ .System.Length }}",
          "{{ range .Messages }}{{ .Nope }}{{ end }}",
          "{{ eq .System 3 }}",
          "{{ index .List 3 }}",
          "{{ slice .List 2 1 }}",
          "{{ nope }}",
          "{{ .System",
          "{{ if .T }}open",
          "{{ end }}",
          "{{ else }}",
          "{{ range .N }}{{ end }}",
          "{{ $undefined }}",
          "{{ \"open }}",
          "{{ (.System }}",
          "{{ break }}",
          "{{ .Missing.Deeper }}",
          "{{ len 3 }}",
          "{{ eq }}",
          "{{ not }}",
          "{{ nil }}",
          "{{}}",
          "{{ .System .N }}",
          "{{/* open }}",
          "{{ \"a\"\"b\" }}",
          "{{ .N\n}}{{ print\n.N }}",
          "{{ printf \"%s-%d-%t %v %v 100%%\" .System .N .T .N \"x\" }}",
          "{{ printf \"%5d %q %s\" .N .System }}",
          "{{ with .System }}{{ printf \"<<SYS>>\\n%s\\n<</SYS>>\" . }}{{ end }}");

  private GoTemplateCases() {}

  /** Every template by its number. */
  static Map<String, String> templates() {
    Map<String, String> templates = new LinkedHashMap<>();
    for (String template : TEMPLATES) {
      templates.put("%02d".formatted(templates.size() + 1), template);
    }
    return templates;
  }

  /** The names of all known models. */
  static List<String> models() throws IOException {
    try (Stream<Path> files = Files.list(MODELS)) {
      return files
          .map(file -> String.valueOf(file.getFileName()).replace(".yaml", ""))
          .sorted()
          .toList();
    }
  }

  static BaseDescription model(String name) {
    return ConfigLoader.load(
            Path.of("../configs/demo"),
            List.of("model_registry=" + MODELS, "known_as=" + name),
            "sft")
        .model()
        .base();
  }

  /** The end token of these families is their first stop word. */
  static ChatTemplate trained(BaseDescription model) {
    return new ChatTemplate(model.promptFormat().orElseThrow(), "<s>", model.stopWords().get(0));
  }

  static OllamaTemplate served(BaseDescription model) {
    return OllamaTemplate.of(trained(model), model.stopWords()).stoppingAt(model.stopWords());
  }

  /** Prints what Go is asked, as JSON. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> models = new TreeMap<>();
    for (String name : models()) {
      models.put(name, served(model(name)).text());
    }
    System.out.println(
        Json.line(
            Map.of(
                "templates",
                templates(),
                "messages",
                MESSAGES,
                "models",
                models,
                "conversations",
                ProofConversations.all())));
  }
}

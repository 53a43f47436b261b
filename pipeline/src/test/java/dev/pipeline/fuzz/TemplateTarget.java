package dev.pipeline.fuzz;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Chat templates, which are programs. */
final class TemplateTarget implements Target {
  private static final Path BASE = Path.of("../artifacts/base/tokenizer_config.json");

  @Override
  public List<byte[]> seeds() throws IOException {
    String base = Json.mapper().readTree(Files.readString(BASE)).path("chat_template").asString();
    String llama =
        "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != "
            + "(loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}"
            + "{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] | trim + "
            + "' [/INST]' }}{% else %}{{ message['content'] + eos_token }}{% endif %}{% endfor %}";
    String loops =
        "{%- set ns = namespace(n=0) -%}{% for i in range(9) %}{% for j in range(9) %}"
            + "{% set ns.n = ns.n + 1 %}{% endfor %}{% endfor %}{{ ns.n }}"
            + "{{ messages | map(attribute='content') | join(', ') }}";
    return List.of(utf8(base), utf8(llama), utf8(loops));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void read(Path file) throws IOException {
    String source = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    new ChatTemplate(source, "<s>", "</s>")
        .render(
            List.of(ChatMessage.user("What about EUR 3?"), new ChatMessage("assistant", "Fine.")),
            true);
  }

  /** The bound on output, in characters of two bytes, some times over. */
  @Override
  public long allowance(long length) {
    return 1L << 30;
  }
}

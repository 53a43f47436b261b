package dev.pipeline.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template is code that came with a download. */
class ChatTemplateTest {
  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));

  @Test
  void aMessageIsNeverInterpreted() {
    ChatTemplate template = new ChatTemplate("{{ messages[0]['content'] }}", "", "");
    String text = "{{ 7 * 7 }} {% if true %}x{% endif %} {# gone? #}";
    assertThat(template.render(List.of(ChatMessage.user(text)), false)).isEqualTo(text);
  }

  @Test
  void aLastLineBreakIsDroppedFromTheTemplateAndNotFromWhatItWrites() {
    assertThat(new ChatTemplate("{{ 'a\\n\\n' }}\n", "", "").render(HELLO, true))
        .isEqualTo("a\n\n");
    assertThat(new ChatTemplate("a\n\n", "", "").render(HELLO, true)).isEqualTo("a\n");
  }

  @Test
  void aTemplateThatRefusesSaysWhy() {
    ChatTemplate template =
        new ChatTemplate("{{ raise_exception('roles must alternate') }}", "", "");
    assertThatThrownBy(() -> template.render(HELLO, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("roles must alternate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ messages.getClass() }}",
        "{{ ''.getClass().forName('java.lang.Runtime') }}",
        "{{ ____int3rpr3t3r____ }}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as secrets %}",
        "{% from '/etc/passwd' import root %}",
        "{% extends '/etc/passwd' %}"
      })
  void aTemplateReachesNothingButItsStrings(String source) {
    String rendered;
    try {
      rendered = new ChatTemplate(source, "", "").render(HELLO, false);
    } catch (Failure refused) {
      return;
    }
    assertThat(rendered).doesNotContain("root:", "java.lang", "class ");
  }

  @Test
  void aTemplateThatNeverEndsIsStopped() {
    String loop = "{% for i in range(10000) %}";
    String end = "{% endfor %}";
    ChatTemplate template =
        new ChatTemplate(loop + loop + "0123456789".repeat(100) + end + end, "", "");
    assertThatThrownBy(() -> template.render(HELLO, false)).isInstanceOf(Failure.class);
  }

  @Test
  void aTemplateThatNeverEndsAndSaysNothingIsStopped() {
    String loop = "{% for i in range(10000) %}";
    String end = "{% endfor %}";
    ChatTemplate template =
        new ChatTemplate(loop.repeat(4) + "{% set x = 1 %}" + end.repeat(4), "", "");
    assertThatThrownBy(() -> template.render(HELLO, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("more than 1000000 steps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ bos_token }}{{ bos_token }}{{ messages[0]['content'] }}",
        "{{ bos_token }}\n<s>{{ messages[0]['content'] }}"
      })
  void aTemplateThatBeginsTwiceIsRefused(String source) {
    ChatTemplate template = new ChatTemplate(source, "<s>", "</s>");
    assertThatThrownBy(() -> template.render(HELLO, true))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the chat template begins a conversation with two <s>");
  }

  @Test
  void aTemplateMayBeginEachRoundAnew() {
    ChatTemplate template =
        new ChatTemplate(
            "{% for m in messages %}{{ bos_token + m.content }}{% endfor %}", "<s>", "");
    assertThat(template.render(List.of(ChatMessage.user("a"), ChatMessage.user("b")), true))
        .isEqualTo("<s>a<s>b");
    assertThat(new ChatTemplate("x{{ bos_token }}{{ bos_token }}", "", "").render(HELLO, true))
        .isEqualTo("x");
  }

  @Test
  void aTemplateThatNestsWithoutEndIsRefused() {
    String deep = "(".repeat(20_000) + "1" + ")".repeat(20_000);
    assertThatThrownBy(() -> new ChatTemplate("{{ " + deep + " }}", "", ""))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nests more than 100 deep");
  }
}

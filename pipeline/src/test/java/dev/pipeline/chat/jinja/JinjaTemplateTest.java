package dev.pipeline.chat.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Jinja's own results are in golden/jinja.json; scripts/peers/jinja.py makes them. */
class JinjaTemplateTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/jinja.json");

  @TestFactory
  Stream<DynamicTest> rendersWhatJinjaRenders() throws IOException {
    JsonNode golden = Json.mapper().readTree(Files.readString(GOLDEN));
    Map<String, Object> values = new LinkedHashMap<>();
    golden
        .path("values")
        .properties()
        .forEach(value -> values.put(value.getKey(), plain(value.getValue())));
    return golden
        .path("cases")
        .valueStream()
        .map(
            example -> {
              String template = example.path("template").asString();
              return DynamicTest.dynamicTest(
                  template.lines().findFirst().orElse(""),
                  () -> check(template, values, example.path("text")));
            });
  }

  private static void check(String template, Map<String, Object> values, JsonNode text) {
    if (text.isNull()) {
      assertThatExceptionOfType(JinjaException.class)
          .isThrownBy(() -> JinjaTemplate.parse(template).render(values));
    } else {
      assertThat(JinjaTemplate.parse(template).render(values)).isEqualTo(text.asString());
    }
  }

  @ParameterizedTest
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x=[1], y=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}"
            + "{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 99999 }}",
        "{{ range(999999999) | list }}",
        "{% set t = ',' * 4000000 %}{{ t.split(',') | length }}",
        "{% set t = '\n' * 4000000 %}{{ t.splitlines() | length }}",
        "{% set t = 'a' * 4000000 %}{{ [t] * 2 }}",
        "{% set t = 'a' * 4000000 %}{% set n = namespace(x=1) %}{% for i in range(90000) %}{% set n.x = [n.x, t ~ i] %}{% endfor %}",
        "{% set t = 'é' * 40000 %}{{ range(90000) | map('replace', 0, t) | list | length }}",
        "{% macro m(a) %}{% for i in range(3) %}{{ m(a) }}{% endfor %}{% endmacro %}{{ m(1) }}",
        "{% set n = namespace(x=1) %}{% for i in range(99) %}{% set n.x = namespace(a=n.x, b=n.x) %}"
            + "{% endfor %}{{ {n.x: 1} }}",
        "{{ raise_exception('a' * 4000000) }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' * 10 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ [0] * 10 ** 9 }}"
      })
  void whatNeverEndsIsStopped(String template) {
    assertThatExceptionOfType(JinjaException.class)
        .isThrownBy(() -> JinjaTemplate.parse(template).render(Map.of()))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(2000));
  }

  /** Each round of {@code LOOP} costs little but for what stands in it. */
  @ParameterizedTest
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        "LOOP{% for j in range(10000) %}{% endfor %}",
        "LOOP{% for x in l if false %}{% endfor %}",
        "LOOP{% for x in l %}{% break %}{% endfor %}",
        "LOOP{% if l | first %}{% endif %}",
        "LOOP{% if l | min %}{% endif %}",
        "LOOP{% if l == m %}{% endif %}",
        "LOOP{% if -1 in l %}{% endif %}",
        "LOOP{% if l is in [[l]] %}{% endif %}",
        "LOOP{% if l.count(0) %}{% endif %}",
        "LOOP{% if l | sort(reverse=true) %}{% endif %}",
        "LOOP{% if t | length %}{% endif %}",
        "LOOP{% if t[-1] %}{% endif %}",
        "LOOP{% if t[1:2] %}{% endif %}",
        "LOOP{% if t < u %}{% endif %}",
        "LOOP{% if t == u %}{% endif %}",
        "LOOP{% if t is upper %}{% endif %}",
        "LOOP{% if (t[:500000] ~ 'c') in t %}{% endif %}",
        "LOOP{% if t.find(t[:500000] ~ 'c') %}{% endif %}",
        "LOOP{% if t.strip(t ~ 'é') %}{% endif %}",
        "LOOP{% if t | trim(t ~ 'é') %}{% endif %}",
        "LOOP{% if t | reverse %}{% endif %}",
        "LOOP{% if (t | int) == 1 %}{% endif %}",
        "LOOP{% if l | string | length %}{% endif %}",
        "LOOP{% if {t: 1}[u] %}{% endif %}",
        "LOOP{% if '\\x01' * 200000 | tojson | length %}{% endif %}",
        "LOOP{% if 1e308 | round(300) %}{% endif %}"
      })
  void whatTakesLongInSilenceIsStopped(String template) {
    String loop =
        "{% set l = range(90000) | list %}{% set m = range(90000) | list %}"
            + "{% set t = 'é' * 1000000 %}{% set u = 'é' * 1000000 %}"
            + "{% set n = namespace(x=1) %}{% for i in range(90000) %}{% for k in range(90000) %}";
    String whole = template.replace("LOOP", loop) + "{% endfor %}{% endfor %}";
    assertThatExceptionOfType(JinjaException.class)
        .isThrownBy(() -> JinjaTemplate.parse(whole).render(Map.of()))
        .withMessageContaining("more than 1000000 steps");
  }

  @Test
  void longTextsAreCutAndSearchedLikeShortOnes() {
    String text = "grüße ".repeat(50_000);
    String template =
        "{% if '</think>' in t %}no{% endif %}{{ t[6:].strip().split('</think>')[-1][-5:] }}"
            + "{{ t[:0] }}{{ 'abcde'[4::9223372036854775807] }}{{ t[3:-299995] }}{{ [] | min }}";
    assertThat(JinjaTemplate.parse(template).render(Map.of("t", text))).isEqualTo("grüßeeße");
  }

  private static Object plain(JsonNode node) {
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (node.isNull()) {
      return None.NONE;
    }
    return node.isString()
        ? node.asString()
        : node.isBoolean()
            ? (Object) node.asBoolean()
            : node.isDouble() ? (Object) node.asDouble() : (Object) node.asLong();
  }
}

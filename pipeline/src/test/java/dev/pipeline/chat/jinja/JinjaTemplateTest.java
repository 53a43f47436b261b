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
import org.junit.jupiter.api.TestFactory;
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
        "{{ range(999999999) | list }}"
      })
  void whatNeverEndsIsStopped(String template) {
    assertThatExceptionOfType(JinjaException.class)
        .isThrownBy(() -> JinjaTemplate.parse(template).render(Map.of()));
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

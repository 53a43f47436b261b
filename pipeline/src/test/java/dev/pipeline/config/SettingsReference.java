package dev.pipeline.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes {@code docs/settings.md} from the records that settings are bound to. */
final class SettingsReference {
  private static final String OPENING =
      """
      # Settings

      Every key of every file that `--config` takes, with its default. What a file leaves out keeps the default; a key that is not
      here is an error. `key=value` on the command line wins over the files, `section.key=value` where two sections know a key. One
      file may hold all sections, each below its name.

      This page is written by a test, out of the code that reads the settings:
      `%s`.
      """
          .formatted(SettingsReferenceTest.COMMAND);

  private final StringBuilder text = new StringBuilder(OPENING);

  static String markdown() {
    SettingsReference reference = new SettingsReference();
    for (Section section : Section.values()) {
      reference.heading(section.key() + ".yaml", section.type());
      reference.row("key", "type", "default", "meaning");
      reference.row("---", "---", "---", "---");
      reference.rows(defaults(section.type()));
    }
    reference.registries();
    reference.otherNames();
    reference.instead();
    return reference.text.toString();
  }

  private void rows(Record defaults) {
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      Object value = get(component, defaults);
      if (value instanceof Record group) {
        rows(group);
      } else {
        String key = Names.snake(component.getName());
        row("`" + key + "`", type(component), written(value), meaning(component));
      }
    }
  }

  private void registries() {
    heading("configs/models/*.yaml", BaseDescription.class);
    text.append("Each has all of the keys ")
        .append(
            RecordBinder.keys(BaseDescription.class).stream()
                .collect(Collectors.joining("`, `", "`", "`")))
        .append(", as `model.yaml` explains them.\n");
    heading("configs/devices/*.yaml", DeviceConfig.class);
    keysWithoutDefault(DeviceConfig.class);
    heading("configs/gate.yaml", GateBounds.class);
    keysWithoutDefault(GateBounds.class);
  }

  private void keysWithoutDefault(Class<? extends Record> type) {
    row("key", "type", "meaning");
    row("---", "---", "---");
    for (RecordComponent component : type.getRecordComponents()) {
      row("`" + Names.snake(component.getName()) + "`", type(component), meaning(component));
    }
  }

  private void otherNames() {
    text.append("\n## Names elsewhere\n\nWhere a name is not the same everywhere.\n\n");
    row("here", "Axolotl", "LLaMA-Factory", "TRL, transformers, PEFT");
    row("---", "---", "---", "---");
    OtherNames.TABLE.forEach(
        names ->
            row(
                names.stream()
                    .map(name -> name.equals("-") ? name : "`" + name + "`")
                    .toArray(String[]::new)));
  }

  private void instead() {
    text.append("\n| elsewhere | here |\n| --- | --- |\n");
    OtherNames.INSTEAD.forEach((key, words) -> row("`" + key + "`", words));
  }

  private void heading(String file, Class<? extends Record> type) {
    String purpose = RecordSource.of(type).purpose().replaceFirst("^`[a-z/]+\\.yaml`: ", "");
    String sentence = purpose.substring(0, 1).toUpperCase(Locale.ROOT) + purpose.substring(1);
    text.append("\n## ").append(file).append("\n\n").append(sentence).append("\n\n");
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String meaning(RecordComponent component) {
    String meaning =
        RecordSource.of(component.getDeclaringRecord().asSubclass(Record.class))
            .meaning(component.getName());
    return meaning.replace("|", "\\|");
  }

  private static String type(RecordComponent component) {
    String kind = kind(component.getGenericType());
    String bounds =
        RecordSource.of(component.getDeclaringRecord().asSubclass(Record.class))
            .bounds(Names.snake(component.getName()));
    return bounds.isEmpty() ? kind : kind + ", " + bounds;
  }

  private static String kind(Type type) {
    if (type instanceof ParameterizedType generic) {
      String of = kind(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == List.class ? "list of " + of + "s" : of;
    }
    return Conversions.expected((Class<?>) type).replaceFirst("^an? ", "");
  }

  /** A default as a file would write it. */
  private static String written(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(SettingsReference::written).orElse("none");
    } else if (value instanceof List<?> list) {
      return "`" + list + "`";
    } else if (value instanceof Double number) {
      return "`" + number(number) + "`";
    } else if (value instanceof Duration duration) {
      return "`" + duration.toString().substring(2).toLowerCase(Locale.ROOT) + "`";
    } else if (value instanceof Enum<?> constant) {
      return "`" + Names.snake(constant.toString()) + "`";
    }
    return value.toString().isEmpty() ? "none" : "`" + value + "`";
  }

  private static String number(double value) {
    String digits = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return digits.length() > 5 ? Double.toString(value).replace(".0E", "e") : digits;
  }

  private static Record defaults(Class<? extends Record> type) {
    try {
      return (Record) type.getField("DEFAULTS").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no DEFAULTS", e);
    }
  }

  private static Object get(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}

package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fills a record from keys. A component {@code loraAlpha} is the key {@code lora_alpha}; a
 * component that is itself a record is a group whose keys stand beside the others, not below; what
 * the file leaves out keeps the default.
 */
final class RecordBinder {
  private RecordBinder() {}

  /** The keys that a record knows, in order, groups opened. */
  static Set<String> keys(Class<? extends Record> type) {
    Set<String> keys = new LinkedHashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        keys.addAll(keys(component.getType().asSubclass(Record.class)));
      } else {
        keys.add(Names.snake(component.getName()));
      }
    }
    return keys;
  }

  /** Every key and its value, in order, groups opened. */
  static Map<String, Object> values(Record record) {
    Map<String, Object> values = new LinkedHashMap<>();
    collect(record, values);
    return values;
  }

  /** {@code defaults} with the values of {@code fields}; {@code section} is named in errors. */
  static <T extends Record> T bind(Section section, T defaults, Node.Fields fields) {
    Set<String> known = keys(defaults.getClass());
    fields
        .nodes()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                throw unknown(section, key, node, known);
              }
            });
    return fill(section.key(), defaults, fields);
  }

  /** {@code defaults} with the values of {@code fields}, whose keys are known. */
  static <T extends Record> T fill(String section, T defaults, Node.Fields fields) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] arguments =
        Stream.of(components)
            .map(component -> argument(section, component, defaults, fields))
            .toArray();
    try {
      return construct(defaults, components, arguments);
    } catch (BadValue e) {
      Node node = fields.nodes().get(e.key());
      String where = node == null ? section : node.where();
      throw Failure.usage(where + ": " + e.getMessage(), e.fix());
    }
  }

  private static Object argument(
      String section, RecordComponent component, Record defaults, Node.Fields fields) {
    Object fallback = value(component, defaults);
    if (fallback instanceof Record group) {
      return fill(section, group, fields);
    }
    String key = Names.snake(component.getName());
    Node node = fields.nodes().get(key);
    return node == null ? fallback : Conversions.convert(key, component.getGenericType(), node);
  }

  @SuppressWarnings("unchecked") // the canonical constructor of T's own class makes a T
  private static <T extends Record> T construct(
      T defaults, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return (T) defaults.getClass().getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("cannot make " + defaults.getClass(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + defaults.getClass(), e);
    }
  }

  private static void collect(Record record, Map<String, Object> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(component, record);
      if (value instanceof Record group) {
        collect(group, values);
      } else if (values.put(Names.snake(component.getName()), value) != null) {
        throw new IllegalStateException(component.getName() + " stands twice in " + record);
      }
    }
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static Failure unknown(Section section, String key, Node node, Set<String> known) {
    List<String> others = section.othersKnowing(key);
    return Failure.usage(
        node.where() + ": unknown key \"" + key + "\" in " + section.key(),
        others.isEmpty()
            ? NearestKey.ofSetting(key, known)
            : "move it to the section " + others.get(0));
  }
}

package dev.pipeline.chat.jinja;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * JSON as Python writes it.
 *
 * @param json where to
 * @param indent spaces a level; below 0, all in one line
 */
record JsonWriter(StringBuilder json, int indent, Work work) {
  private static final String LETTERS = "\"\\\n\r\t\f\b";
  private static final String ESCAPES = "\"\\nrtfb";

  void write(Object value, int depth) {
    work.step();
    Literals.requireShort(json);
    if (value instanceof String text) {
      quote(text);
    } else if (value instanceof Map<?, ?> map) {
      items(
          map.entrySet().iterator(),
          "{}",
          depth,
          entry -> {
            quote(key(entry.getKey()));
            json.append(": ");
            write(entry.getValue(), depth + 1);
          });
    } else if (value instanceof List<?> list) {
      items(list.iterator(), "[]", depth, item -> write(item, depth + 1));
    } else if (value == None.NONE) {
      json.append("null");
    } else if (value instanceof Boolean || value instanceof Long) {
      json.append(value);
    } else if (value instanceof Double real) {
      json.append(Literals.real(real));
    } else {
      throw new JinjaException("it writes " + Values.kind(value) + " as JSON");
    }
  }

  private String key(Object key) {
    return key instanceof String text ? text : Literals.json(key, -1, work);
  }

  private <T> void items(Iterator<T> items, String brackets, int depth, Consumer<T> each) {
    json.append(brackets.charAt(0));
    boolean any = items.hasNext();
    while (items.hasNext()) {
      line(depth + 1);
      each.accept(items.next());
      if (items.hasNext()) {
        json.append(indent < 0 ? ", " : ",");
      }
    }
    if (any) {
      line(depth);
    }
    json.append(brackets.charAt(1));
  }

  private void line(int depth) {
    if (indent >= 0) {
      json.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      int known = LETTERS.indexOf(letter);
      if (known >= 0) {
        json.append('\\').append(ESCAPES.charAt(known));
      } else if (letter < ' ') {
        json.append("\\u").append(HexFormat.of().toHexDigits((short) letter));
      } else {
        json.append(letter);
      }
    }
    json.append('"');
  }
}

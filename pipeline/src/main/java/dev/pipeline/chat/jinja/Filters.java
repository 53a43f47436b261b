package dev.pipeline.chat.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The filters, by name. */
final class Filters {
  private static final Map<String, Filter> ALL = new LinkedHashMap<>();

  static {
    ALL.putAll(TextFilters.ALL);
    ALL.putAll(ListFilters.ALL);
    ALL.putAll(NumberFilters.ALL);
  }

  private Filters() {}

  static Filter named(String name) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw new JinjaException("it knows no filter '" + name + "'");
    }
    return filter;
  }
}

package dev.pipeline.config;

/** A record's refusal of a value; the binder adds the file and line and makes it a failure. */
final class BadValue extends IllegalArgumentException {
  private final String key;
  private final String fix;

  BadValue(String key, String reason, String fix) {
    super(key + " " + reason);
    this.key = key;
    this.fix = fix;
  }

  String key() {
    return key;
  }

  String fix() {
    return fix;
  }
}

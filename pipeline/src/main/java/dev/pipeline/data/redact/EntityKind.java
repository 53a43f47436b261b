package dev.pipeline.data.redact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is redacted. Earlier kinds win when two finds are equally long. */
public enum EntityKind {
  /** Electronic mail address. */
  EMAIL,
  /** International bank account number. */
  IBAN,
  /** Payment card number. */
  CARD,
  /** Telephone number. */
  PHONE,
  /** Postal address, street to town. */
  ADDRESS,
  /** An exact price, which becomes a range instead of a placeholder. */
  PRICE,
  /** A company that the raw data name in a field of their own. */
  COMPANY,
  /** A person's name, with its title. */
  PERSON;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The lower-case word used in manifests and labels. */
  @JsonValue
  public String word() {
    return word;
  }

  /** The placeholder of the {@code number}th entity of this kind in a conversation. */
  String placeholder(int number) {
    return "[" + name() + "_" + number + "]";
  }
}

package dev.pipeline.cli;

import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The id of a plan, a UUID. */
final class PlanIdConverter implements ITypeConverter<UUID> {
  private static final int LETTERS = 36;

  @Override
  public UUID convert(String text) {
    try {
      // Java also takes shorter ones, which nobody ever printed.
      if (text.length() == LETTERS) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException noUuid) {
      // Refused below.
    }
    throw new TypeConversionException(
        "\"" + text + "\" is no id of a plan; pipeline plans list shows them");
  }
}

package dev.pipeline.cli;

import java.time.DateTimeException;
import java.time.YearMonth;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A month such as 2026-11. */
final class MonthConverter implements ITypeConverter<YearMonth> {
  private static final int MILLENNIUM = 1000;

  @Override
  public YearMonth convert(String text) {
    try {
      YearMonth month = YearMonth.parse(text);
      if (month.getYear() / MILLENNIUM == 2) {
        return month;
      }
    } catch (DateTimeException notAMonth) {
      // Refused below.
    }
    throw new TypeConversionException("\"" + text + "\" is no month such as 2026-11");
  }
}

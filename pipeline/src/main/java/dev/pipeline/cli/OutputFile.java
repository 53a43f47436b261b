package dev.pipeline.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file that is written whole or not at all, which standard output cannot be. */
final class OutputFile implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    if (value.equals("-")) {
      throw new TypeConversionException("\"-\" is no file; name one, such as /tmp/out.json");
    }
    return Path.of(value);
  }
}

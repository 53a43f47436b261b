package dev.pipeline.cli;

import dev.pipeline.io.StopSignal;
import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes the command objects; those that run jobs are handed the signal to stop. */
final class Verbs implements CommandLine.IFactory {
  private final CommandLine.IFactory fallback = CommandLine.defaultFactory();
  private final StopSignal stop;

  Verbs(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0] == StopSignal.class) {
        return type.cast(constructor.newInstance(stop));
      }
    }
    return fallback.create(type);
  }
}

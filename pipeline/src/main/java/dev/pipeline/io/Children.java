package dev.pipeline.io;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Processes that this one starts and that need none of its credentials. */
public final class Children {
  private static final Pattern SECRET = Pattern.compile("KEY|TOKEN|PASSWORD|SECRET|CREDENTIAL");

  private Children() {}

  /**
   * A builder for {@code command} whose environment is this process's without every variable that
   * is named as a credential: what native code makes of a hostile file must not find one there.
   */
  public static ProcessBuilder withoutSecrets(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(Children::namesSecret);
    return builder;
  }

  static boolean namesSecret(String variable) {
    return SECRET.matcher(variable.toUpperCase(Locale.ROOT)).find();
  }
}

package dev.pipeline.evaluate.review;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The reviewers of one review, in the order they were invited. */
final class Reviewers {
  private static final int LONGEST_NAME = 60;
  private static final int TOKEN_BYTES = 18;

  private final Path file;
  private final List<Reviewer> all;

  private Reviewers(Path file, List<Reviewer> all) {
    this.file = file;
    this.all = List.copyOf(all);
  }

  /** Those invited so far. */
  static Reviewers read(Path file) {
    if (!Files.exists(file)) {
      return new Reviewers(file, List.of());
    }
    try {
      Reviewer[] known = Json.parse(Files.readString(file), Reviewer[].class, file.toString());
      return new Reviewers(file, List.of(known));
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), ReviewFolder.FIX);
    }
  }

  /**
   * Invites whoever of {@code names} is not yet; the tokens of the others stay, and so does whoever
   * was invited elsewhere since this was read.
   */
  Reviewers invite(List<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    return new ExclusiveFile(lock).hold(() -> read(file).added(names));
  }

  private Reviewers added(List<String> names) {
    List<Reviewer> invited = new ArrayList<>(all);
    for (String given : names) {
      String name = checked(given);
      if (invited.stream().noneMatch(known -> known.name().equalsIgnoreCase(name))) {
        invited.add(new Reviewer(name, newToken()));
      }
    }
    if (invited.size() > all.size()) {
      AtomicFiles.writeString(file, Json.pretty(invited));
    }
    return new Reviewers(file, invited);
  }

  List<Reviewer> all() {
    return all;
  }

  /** The reviewer called {@code name}, in any case. */
  Optional<Reviewer> named(String name) {
    return all.stream().filter(one -> one.name().equalsIgnoreCase(name.strip())).findFirst();
  }

  /** The reviewer whose link holds {@code token}. */
  Optional<Reviewer> withToken(String token) {
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    return all.stream()
        .filter(one -> MessageDigest.isEqual(one.token().getBytes(StandardCharsets.UTF_8), given))
        .findFirst();
  }

  private static String checked(String given) {
    String name = given.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Failure.usage(
          "\"" + name + "\" is no reviewer's name",
          "give a name of 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

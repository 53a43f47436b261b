package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/**
 * Requests to work on a part, waiting in a table of the job store. One statement takes a request
 * and deletes it, so that no two workers get the same.
 *
 * <p>The queue belongs to a folder of artefacts: its name lies there, and a worker that does not
 * see that folder never takes what it could not do.
 */
final class WorkQueue {
  private static final String NAME = "queue.id";

  private final JdbcChannelMessageStore messages;
  private final String name;

  private WorkQueue(JdbcChannelMessageStore messages, String name) {
    this.messages = messages;
    this.name = name;
  }

  /** The queue of the artefacts that {@code jobsFolder} belongs to. */
  static WorkQueue open(JobStore store, Path jobsFolder) {
    requireShared(store);
    MessageSchema.ensure(store.dataSource());
    JdbcChannelMessageStore messages = new JdbcChannelMessageStore(store.dataSource());
    messages.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
    // A request and its headers; nothing else is read back from the table, whoever wrote there.
    messages.addAllowedPatterns(
        Stream.of(
                StepExecutionRequest.class,
                GenericMessage.class,
                MessageHeaders.class,
                HashMap.class,
                UUID.class,
                Number.class,
                Long.class,
                Integer.class)
            .map(Class::getName)
            .toArray(String[]::new));
    messages.afterPropertiesSet();
    return new WorkQueue(messages, name(jobsFolder));
  }

  /** Refuses a store that is one machine's own. */
  static void requireShared(JobStore store) {
    if (store.embedded()) {
      throw Failure.usage(
          "rows can be divided among workers only with a job store in PostgreSQL",
          "set database.url or PIPELINE_DB_URL to jdbc:postgresql://host/database");
    }
  }

  private static String name(Path jobsFolder) {
    Path file = jobsFolder.resolve(NAME);
    return new ExclusiveFile(jobsFolder.resolve(NAME + ".lock"))
        .hold(
            () -> {
              if (!Files.exists(file)) {
                AtomicFiles.writeString(file, UUID.randomUUID() + "\n");
              }
              try {
                return Files.readString(file).strip();
              } catch (IOException e) {
                throw Failure.infrastructure(
                    "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
              }
            });
  }

  /** Lets a request wait for a worker. */
  void send(Message<?> request) {
    messages.addMessageToGroup(name, request);
  }

  /** The oldest request, which nobody else gets; empty where none waits. */
  Optional<StepExecutionRequest> take() {
    return Optional.ofNullable(messages.pollMessageFromGroup(name))
        .map(Message::getPayload)
        .filter(StepExecutionRequest.class::isInstance)
        .map(StepExecutionRequest.class::cast);
  }

  /** Whether no request waits. */
  boolean isEmpty() {
    return messages.messageGroupSize(name) == 0;
  }
}

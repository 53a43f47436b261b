package dev.pipeline.serve.chat;

import com.zaxxer.hikari.HikariDataSource;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.ServeConfig;
import dev.pipeline.documents.Passage;
import dev.pipeline.jobs.Databases;
import dev.pipeline.jobs.DocumentCollections;
import dev.pipeline.jobs.Speakers;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.ChatEnvironment;
import dev.pipeline.talk.Speaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the chat is made of. */
@Configuration(proxyBeanMethods = false)
@Import(ChatApi.class)
public class ChatConfiguration {
  @Bean
  HikariDataSource chatDatabase(PipelineConfig config) {
    Path folder = Workspace.of(config.model()).artifacts().resolve(".serve");
    return Databases.open(config, folder.resolve("chat"));
  }

  @Bean
  ChatStore chatStore(HikariDataSource chatDatabase, PipelineConfig config) {
    return new ChatStore(chatDatabase, config.model().modelName(), Clock.systemUTC());
  }

  @Bean(destroyMethod = "close")
  ChatDesk chatDesk(
      PipelineConfig config,
      ChatStore store,
      ObjectProvider<Grounding> grounding,
      ObjectProvider<SpeakerSource> source,
      MeterRegistry meters) {
    ServeConfig serve = config.serve();
    return new ChatDesk(
        new ChatModelHolder(
            source.getIfAvailable(() -> () -> configured(config))::open, stamp(config)),
        new ChatAnswerer(
            store,
            grounding.getIfAvailable(() -> documents(config)),
            config.model().systemPrompt(),
            new Answering(
                config.release().temperature(),
                config.release().topP(),
                config.model().seed(),
                config.evaluate().maxNewTokens()),
            serve.chatTurns()),
        serve.chatQueue(),
        Duration.ofMinutes(serve.chatIdleMinutes()),
        meters);
  }

  private static Grounding documents(PipelineConfig config) {
    return (collection, question, most) ->
        DocumentCollections.search(config, collection, question, most).stream()
            .map(ChatConfiguration::passage)
            .toList();
  }

  @Bean
  ChatService chatService(ChatStore store, ChatDesk desk, PipelineConfig config) {
    return new ChatService(store, desk, config.serve().longestQuestion());
  }

  private static Grounding.Passage passage(Passage found) {
    String lines = found.firstLine() + " to " + found.lastLine();
    return new Grounding.Passage(
        found.path() + ", lines " + lines, found.text(), found.similarity());
  }

  private static Speaker configured(PipelineConfig config) {
    if (config.serve().chatModel().isEmpty()) {
      Speakers.requireReleased(config, "chat_model: base in serve.yaml");
    }
    Speakers.Wish wish =
        new Speakers.Wish(
            config.serve().chatModel(),
            new ChatEnvironment(System.getenv()).contextTokens(),
            1,
            Optional.empty(),
            Optional.empty());
    return Speakers.open(config, wish, System.getenv());
  }

  /** The released file's time: another release is another model. */
  private static Supplier<String> stamp(PipelineConfig config) {
    Path released = Speakers.released(config);
    return () -> {
      try {
        return config.serve().chatModel().orElse(Files.getLastModifiedTime(released).toString());
      } catch (IOException notYet) {
        return "";
      }
    };
  }
}

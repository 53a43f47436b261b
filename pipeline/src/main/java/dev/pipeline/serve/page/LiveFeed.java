package dev.pipeline.serve.page;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Parts of pages that follow by themselves: each is rendered once for all who look at it, and sent
 * only when it changed, so that fifty who watch a training cost it as much as one.
 */
public final class LiveFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final int MOST_LISTENERS = 200;
  private static final int SECONDS = 2;

  private final Map<String, Topic> topics = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "live");
            thread.setDaemon(true);
            return thread;
          });

  /** A feed that looks every other second, where somebody listens. */
  public LiveFeed() {
    var unused = clock.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private static final class Topic {
    private final Supplier<String> render;
    private final List<SseEmitter> listeners = new CopyOnWriteArrayList<>();
    private final Set<SseEmitter> fresh = ConcurrentHashMap.newKeySet();
    private String last = "";

    Topic(Supplier<String> render) {
      this.render = render;
    }

    void leave(SseEmitter listener) {
      listeners.remove(listener);
      fresh.remove(listener);
    }
  }

  /** Lets a browser hear what {@code render} makes whenever it makes something else. */
  SseEmitter listen(String name, Supplier<String> render) {
    if (listeners() >= MOST_LISTENERS) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too many pages are open; this one follows when reloaded");
    }
    SseEmitter emitter = new SseEmitter(0L);
    topics.compute(
        name,
        (key, known) -> {
          // Within: a topic that nobody listens to may be removed at any other time.
          Topic topic = known == null ? new Topic(render) : known;
          emitter.onCompletion(() -> topic.leave(emitter));
          emitter.onError(gone -> topic.leave(emitter));
          // What changed between the page and its first look back must not be missed.
          topic.fresh.add(emitter);
          topic.listeners.add(emitter);
          return topic;
        });
    return emitter;
  }

  /** How many are told what changes. */
  int listeners() {
    return topics.values().stream().mapToInt(topic -> topic.listeners.size()).sum();
  }

  /** Tells who listens what changed. */
  void look() {
    topics.forEach(
        (name, topic) -> {
          if (topic.listeners.isEmpty()) {
            topics.computeIfPresent(name, (key, known) -> known.listeners.isEmpty() ? null : known);
          } else {
            try {
              tell(topic);
            } catch (RuntimeException e) {
              LOG.warn("cannot show {}", name, e);
            }
          }
        });
  }

  private static void tell(Topic topic) {
    String now = topic.render.get();
    boolean changed = !now.equals(topic.last);
    topic.last = now;
    for (SseEmitter listener : List.copyOf(topic.listeners)) {
      try {
        // A comment finds out who has gone.
        listener.send(
            topic.fresh.remove(listener) || changed
                ? SseEmitter.event().name("part").data(now, MediaType.TEXT_PLAIN)
                : SseEmitter.event().comment(""));
      } catch (IOException | IllegalStateException gone) {
        topic.leave(listener);
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    topics.values().forEach(topic -> topic.listeners.forEach(SseEmitter::complete));
  }
}

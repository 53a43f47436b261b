package dev.pipeline.serve;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** The service while it listens. */
public final class PipelineServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final ServeOptions options;

  private PipelineServer(ConfigurableApplicationContext context, ServeOptions options) {
    this.context = context;
    this.options = options;
  }

  /** Starts to listen for the model of {@code config}. */
  public static PipelineServer start(PipelineConfig config, ServeOptions options) {
    return start(config, options, context -> {});
  }

  /** The same with other parts than the usual ones. */
  static PipelineServer start(
      PipelineConfig config, ServeOptions options, Consumer<GenericApplicationContext> parts) {
    logWithTheOthers();
    try {
      return new PipelineServer(
          new SpringApplicationBuilder(ServeConfiguration.class)
              .web(WebApplicationType.SERVLET)
              .bannerMode(Banner.Mode.OFF)
              .registerShutdownHook(false)
              .initializers(
                  context -> {
                    given((GenericApplicationContext) context, config, options);
                    parts.accept((GenericApplicationContext) context);
                  })
              .properties(properties(options))
              .run(),
          options);
    } catch (RuntimeException e) {
      throw explained(e, options);
    }
  }

  /** The port it listens on. */
  public int port() {
    WebServer server = ((WebServerApplicationContext) context).getWebServer();
    return Objects.requireNonNull(server, "it listens").getPort();
  }

  /** Where a browser finds it. */
  public String address() {
    String host = options.address().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
  }

  /** What it is made of; for tests that look at all of it. */
  ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }

  /** Tomcat logs by the JDK's own means, which print where the program's data go. */
  private static void logWithTheOthers() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static void given(
      GenericApplicationContext context, PipelineConfig config, ServeOptions options) {
    context.registerBean(PipelineConfig.class, () -> config);
    context.registerBean(ServeOptions.class, () -> options);
  }

  private static Map<String, Object> properties(ServeOptions options) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", options.address().getHostAddress());
    properties.put("server.port", options.port());
    properties.put("server.shutdown", "immediate");
    properties.put("server.max-http-request-header-size", "8KB");
    properties.put("server.tomcat.max-swallow-size", "1MB");
    properties.put("server.tomcat.max-http-form-post-size", "16KB");
    properties.put("server.tomcat.connection-timeout", "20s");
    properties.put("server.tomcat.threads.max", 32);
    properties.put("server.tomcat.threads.min-spare", 4);
    properties.put("spring.web.error.include-stacktrace", "never");
    properties.put("spring.web.error.include-message", "never");
    properties.put("spring.web.error.whitelabel.enabled", false);
    properties.put("spring.web.resources.add-mappings", false);
    properties.put("spring.mvc.async.request-timeout", -1);
    properties.put("spring.servlet.multipart.enabled", false);
    properties.put("spring.jmx.enabled", false);
    properties.put("spring.main.lazy-initialization", false);
    properties.put("management.endpoints.web.base-path", "/");
    properties.put("management.endpoints.web.discovery.enabled", false);
    properties.put("management.endpoints.web.exposure.include", "health,prometheus");
    properties.put("management.endpoints.web.path-mapping.prometheus", "metrics");
    properties.put("management.endpoint.health.show-details", "never");
    properties.put("springdoc.api-docs.path", "/openapi.json");
    properties.put("springdoc.paths-to-match", "/api/**,/chat/**,/feedback,/mcp");
    return properties;
  }

  private static RuntimeException explained(RuntimeException error, ServeOptions options) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure known) {
        return known;
      }
      if (cause instanceof PortInUseException) {
        return Failure.infrastructure(
            "port %d of %s is taken".formatted(options.port(), options.address().getHostAddress()),
            "choose another --port; 0 takes a free one",
            error);
      }
    }
    return Failure.infrastructure(
        "the service cannot start: "
            + NestedExceptionUtils.getMostSpecificCause(error).getMessage(),
        "see the log",
        error);
  }
}

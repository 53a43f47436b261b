package dev.pipeline.serve;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.feedback.FeedbackSite;
import dev.pipeline.evaluate.drift.DriftFolder;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.FeedbackIntake;
import dev.pipeline.jobs.PlanStores;
import dev.pipeline.jobs.RunCatalog;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.mcp.McpServer;
import dev.pipeline.mcp.McpSite;
import dev.pipeline.mcp.Tools;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.serve.api.CollectionsApi;
import dev.pipeline.serve.api.DatasetsApi;
import dev.pipeline.serve.api.DriftApi;
import dev.pipeline.serve.api.FeedbackApi;
import dev.pipeline.serve.api.LineageApi;
import dev.pipeline.serve.api.McpApi;
import dev.pipeline.serve.api.PlansApi;
import dev.pipeline.serve.api.ReleasesApi;
import dev.pipeline.serve.api.RunsApi;
import dev.pipeline.serve.api.StatusApi;
import dev.pipeline.serve.chat.ChatConfiguration;
import dev.pipeline.serve.guard.Guard;
import dev.pipeline.serve.guard.Logins;
import dev.pipeline.serve.look.DatasetShelf;
import dev.pipeline.serve.look.LineageDesk;
import dev.pipeline.serve.page.ApiPage;
import dev.pipeline.serve.page.Assets;
import dev.pipeline.serve.page.ChatPage;
import dev.pipeline.serve.page.LineagePages;
import dev.pipeline.serve.page.LiveFeed;
import dev.pipeline.serve.page.LoginPage;
import dev.pipeline.serve.page.LookPages;
import dev.pipeline.serve.page.Pages;
import dev.pipeline.serve.page.ReviewPages;
import dev.pipeline.serve.page.RunPages;
import dev.pipeline.serve.page.TroublePages;
import dev.pipeline.serve.page.Troubles;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** What the service is made of; nothing is found by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      // The tables of jobs and of the chat have their own owners.
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"
    })
@Import({
  RunsApi.class,
  DatasetsApi.class,
  CollectionsApi.class,
  ReleasesApi.class,
  LineageApi.class,
  PlansApi.class,
  DriftApi.class,
  FeedbackApi.class,
  McpApi.class,
  StatusApi.class,
  ChatConfiguration.class,
  RunPages.class,
  ReviewPages.class,
  LookPages.class,
  LineagePages.class,
  ChatPage.class,
  ApiPage.class,
  Assets.class,
  TroublePages.class,
  Troubles.class
})
class ServeConfiguration {
  @Bean
  JsonMapper jsonMapper() {
    return Json.mapper();
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("pipeline")
                .version("1")
                .description(
                    "Runs, datasets, releases, plans, gate results, drift, feedback and chat of one"
                        + " model. With a token, each request brings Authorization: Bearer TOKEN."))
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSecuritySchemes(
                    "token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList("token"));
  }

  @Bean
  Logins logins() {
    return new Logins(Clock.systemUTC());
  }

  @Bean
  FilterRegistrationBean<Guard> guard(ServeOptions options, PipelineConfig config, Logins logins) {
    FilterRegistrationBean<Guard> registration =
        new FilterRegistrationBean<>(
            new Guard(options.token(), logins, config.serve().hostNames()));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addUrlPatterns("/*");
    return registration;
  }

  @Bean
  Pages pages(PipelineConfig config, ServeOptions options) {
    return new Pages(config.model().modelName(), options.token().isPresent(), options.words());
  }

  @Bean
  LoginPage loginPage(Pages pages, ServeOptions options, Logins logins) {
    return new LoginPage(pages, options.token(), logins);
  }

  @Bean
  LiveFeed liveFeed() {
    return new LiveFeed();
  }

  @Bean
  Workspace workspace(PipelineConfig config) {
    return Workspace.of(config.model());
  }

  @Bean
  RunCatalog runCatalog(PipelineConfig config) {
    return new RunCatalog(config);
  }

  @Bean
  DatasetShelf datasetShelf(Workspace workspace) {
    return new DatasetShelf(workspace.datasets());
  }

  @Bean
  LineageDesk lineageDesk(PipelineConfig config) {
    return new LineageDesk(config);
  }

  @Bean
  PlanStore planStore(PipelineConfig config) {
    return PlanStores.of(config);
  }

  @Bean
  McpSite mcpSite(PipelineConfig config) {
    String version = ServeConfiguration.class.getPackage().getImplementationVersion();
    return new McpSite(
        new McpServer(new Tools(config), Objects.requireNonNullElse(version, "development")));
  }

  @Bean
  DriftFolder driftFolder(Workspace workspace) {
    return new DriftFolder(workspace.model().resolve("drift"));
  }

  @Bean
  FeedbackSite feedbackSite(PipelineConfig config) {
    // Who may send is the guard's to say, for this as for everything.
    return new FeedbackSite(FeedbackIntake.store(config, Clock.systemUTC()), Optional.empty());
  }
}

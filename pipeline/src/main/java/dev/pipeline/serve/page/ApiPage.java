package dev.pipeline.serve.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What programs may ask, for people; read off the handlers, as the OpenAPI document is. */
@Hidden
@RestController
public final class ApiPage {
  private final Pages pages;
  private final RequestMappingHandlerMapping handlers;

  /** The operations among {@code handlers}. */
  public ApiPage(
      Pages pages,
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
    this.pages = pages;
    this.handlers = handlers;
  }

  @GetMapping("/api")
  ResponseEntity<String> api() {
    List<ApiOperation> all =
        handlers.getHandlerMethods().entrySet().stream()
            .flatMap(entry -> operations(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(ApiOperation::path).thenComparing(ApiOperation::method))
            .toList();
    return pages.page("api", "API", "api", Map.of("operations", all));
  }

  private static Stream<ApiOperation> operations(RequestMappingInfo info, HandlerMethod handler) {
    Operation operation = handler.getMethodAnnotation(Operation.class);
    return operation == null
        ? Stream.empty()
        : info.getPatternValues().stream()
            .map(
                path ->
                    new ApiOperation(
                        String.valueOf(info.getMethodsCondition().getMethods().iterator().next()),
                        path,
                        operation.summary()));
  }
}

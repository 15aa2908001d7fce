package dev.gatehouse.api.description;

import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.conditional.Cacheable;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.util.List;

/// `/openapi.yaml`: the API in the terms of OpenAPI 3.1.
public final class DescriptionResource implements Resource {
  /// The media type of RFC 9512.
  private static final String YAML = "application/yaml";

  private final Cacheable description =
      Cacheable.of(Response.of(200, YAML, ClassPathFile.read("/openapi.yaml")), "no-cache");

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/openapi.yaml", description::respondTo)
            .named("readDescription")
            .access(Access.PUBLIC)
            .immediate(description::respondTo));
  }
}

package dev.gatehouse.api.description;

import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.conditional.Cacheable;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `/`: says what this is, to browsers as a page and to programs as JSON, and where to go on.
/// Without scripts.
final class HomeResource implements Resource {
  private static final String HERE = "/dev/gatehouse/api/description/";
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final String LINKS =
      """
      {"name":"Gatehouse","documentation":"/docs","description":"/openapi.yaml","health":"/health"}""";

  private final Cacheable page =
      Cacheable.of(
          file("home.html", "text/html; charset=utf-8")
              .withHeader("content-security-policy", CONTENT_SECURITY_POLICY),
          "no-cache");
  private final Cacheable links =
      Cacheable.of(Response.jsonBytes(200, LINKS.getBytes(StandardCharsets.UTF_8)), "no-cache");
  private final Cacheable style =
      Cacheable.of(file("home.css", "text/css; charset=utf-8"), "no-cache");
  private final Cacheable icon =
      Cacheable.of(file("favicon.ico", "image/x-icon"), "public, max-age=86400");

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/", this::home).named("readHome").access(Access.PUBLIC).immediate(this::home),
        Route.get("/docs/home.css", style::respondTo)
            .named("readHomeStyle")
            .access(Access.PUBLIC)
            .immediate(style::respondTo),
        Route.get("/favicon.ico", icon::respondTo)
            .named("readIcon")
            .access(Access.PUBLIC)
            .immediate(icon::respondTo));
  }

  private Response home(Request request) {
    boolean browser =
        request.header("accept").filter(accepted -> accepted.contains("text/html")).isPresent();
    return (browser ? page : links).respondTo(request).withHeader("vary", "Accept");
  }

  private static Response file(String name, String contentType) {
    return Response.of(200, contentType, ClassPathFile.read(HERE + name));
  }
}

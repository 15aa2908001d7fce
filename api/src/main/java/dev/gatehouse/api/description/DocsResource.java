package dev.gatehouse.api.description;

import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.conditional.Cacheable;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `/docs`: the description in Swagger UI, and `/`, which leads to it. Everything comes from here,
/// nothing from other hosts.
public final class DocsResource implements Resource {
  private static final String HERE = "/dev/gatehouse/api/description/";

  /// Scripts and styles from here alone, and none inside the page; images also inside style sheets.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// What is served of the WebJar, by name: no path a client writes is ever looked up.
  private static final Map<String, String> WEB_JAR_FILES =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private final String version = SwaggerUi.version();
  private final Cacheable page = page(version);
  private final Cacheable script = script();
  private final HomeResource home = new HomeResource();

  @Override
  public List<Route> routes() {
    return Stream.concat(documentation(), home.routes().stream()).toList();
  }

  private Stream<Route> documentation() {
    return Stream.of(
        Route.get("/docs", page::respondTo)
            .named("readDocs")
            .access(Access.PUBLIC)
            .immediate(page::respondTo),
        Route.get("/docs/start.js", script::respondTo)
            .named("readDocsScript")
            .access(Access.PUBLIC)
            .immediate(script::respondTo),
        Route.get("/docs/{version}/{file}", this::file)
            .named("readDocsFile")
            .access(Access.PUBLIC));
  }

  /// Read from the program's archive each time, since browsers ask for them once per version: not
  /// worth two megabytes of memory.
  private Response file(Request request) {
    String name = request.pathParameter("file");
    String contentType =
        Optional.ofNullable(WEB_JAR_FILES.get(name))
            .filter(_ -> request.pathParameter("version").equals(version))
            .orElseThrow(Refusal::notFound);
    return Response.of(200, contentType, SwaggerUi.file(version, name))
        .withHeader("cache-control", "public, max-age=31536000, immutable");
  }

  private static Cacheable page(String version) {
    String template = new String(ClassPathFile.read(HERE + "docs.html"), StandardCharsets.UTF_8);
    byte[] html = template.replace("{version}", version).getBytes(StandardCharsets.UTF_8);
    return Cacheable.of(
        Response.of(200, "text/html; charset=utf-8", html)
            .withHeader("content-security-policy", CONTENT_SECURITY_POLICY),
        "no-cache");
  }

  private static Cacheable script() {
    return Cacheable.of(
        Response.of(200, "text/javascript; charset=utf-8", ClassPathFile.read(HERE + "start.js")),
        "no-cache");
  }
}

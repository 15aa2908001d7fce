package dev.gatehouse.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Verifies the Dockerfile and its health check. `scripts/image-check.sh` builds the image.
class ImageTest {
  private static final String HEALTHCHECK = "/opt/gatehouse/bin/healthcheck";

  @Test
  void runsAsTheUserTheManifestsName() throws Exception {
    Kustomize.require();
    var rights = Pods.serve(Kustomize.render("base")).getSecurityContext();

    assertThat(instruction("USER")).isEqualTo(rights.getRunAsUser() + ":" + rights.getRunAsGroup());
  }

  @Test
  void saysWhereItListensAndHowItIsStopped() throws IOException {
    assertThat(instruction("EXPOSE").split(" ")).contains("8080", "8000", "9090");
    assertThat(instruction("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(instruction("ENTRYPOINT")).isEqualTo("[\"/opt/gatehouse/gatehouse\"]");
    assertThat(instruction("CMD")).isEqualTo("[\"serve\"]");
    assertThat(instruction("ENV")).contains("GATEHOUSE_HTTP_HOST=0.0.0.0");
  }

  @Test
  void saysWhatItIs() throws IOException {
    assertThat(instruction("LABEL"))
        .contains("image.title=", "image.licenses=\"Apache-2.0\"")
        .contains("image.version=\"${VERSION}\"", "image.revision=\"${REVISION}\"");
  }

  @Test
  void bothBaseImagesCanBeReplaced() throws IOException {
    assertThat(dockerfile())
        .containsSubsequence(
            "ARG BUILD_BASE=eclipse-temurin:25-jdk-noble",
            "ARG BASE=debian:12-slim",
            "FROM ${BUILD_BASE} AS build",
            "FROM ${BASE}");
  }

  /// Container supervisors use this check: the outage of a dependency must not cause a restart.
  @Test
  void itsHealthCheckAsksWhetherTheProgramLives() throws IOException {
    assertThat(instruction("HEALTHCHECK")).endsWith("CMD [\"" + HEALTHCHECK + "\"]");
    assertThat(Files.readString(Path.of("docker", "assemble.sh")))
        .contains("deploy/docker/healthcheck \"$home/bin/\"");
  }

  @ParameterizedTest
  @CsvSource({", 200, 503, 0", ", 503, 200, 1", "/ready, 503, 200, 0", "/ready, 200, 503, 1"})
  void theHealthCheckAsksWhatItIsTold(@Nullable String argument, int health, int ready, int status)
      throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    respond(server, "/health", health);
    respond(server, "/ready", ready);
    server.start();
    try {
      var command = new ArrayList<>(List.of("bash", "docker/healthcheck"));
      if (argument != null) {
        command.add(argument);
      }
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder
          .environment()
          .put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(server.getAddress().getPort()));
      Process check = builder.start();
      String said = new String(check.getInputStream().readAllBytes(), UTF_8);

      assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(check.exitValue()).as(said).isEqualTo(status);
    } finally {
      server.stop(0);
    }
  }

  private static void respond(HttpServer server, String path, int status) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, -1);
          }
        });
  }

  /// The arguments of the last instruction with this name, on one line.
  private static String instruction(String name) throws IOException {
    return dockerfile().stream()
        .filter(line -> line.startsWith(name + " "))
        .reduce((_, later) -> later)
        .orElseThrow()
        .substring(name.length() + 1);
  }

  private static List<String> dockerfile() throws IOException {
    String text = Files.readString(Path.of("..", "Dockerfile"));
    return text.replaceAll("\\\\\n\\s*", "").lines().toList();
  }
}

package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.gateway.RawHttp2Client.Field;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Heads that HTTP/2 can carry although they are none (RFC 9113, 8.1.1): each gets a 400
/// or its stream is reset, and nothing of it reaches an instance or fills the log.
class MalformedStreamTest {
  private static ScriptedServer instance;
  private static TestGateway gateway;
  private static SSLContext tls;
  private static final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  record Shape(String name, List<Field> fields) {
    @Override
    public String toString() {
      return name.replaceAll("[^ -~]", "?");
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    var certificate = TestCertificate.make("gateway", "EC", folder);
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    tls = TestCertificate.trusting(certificate);
    instance = new ScriptedServer();
    gateway = new TestGateway(TestGateway.Options.none().tls(chain, key), instance);
    logged.start();
    ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(logged);
  }

  @AfterAll
  static void stop() throws Exception {
    ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(logged);
    gateway.close();
    instance.close();
  }

  static Stream<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (String value :
        List.of("a\rb", "a\nb", "a\r\nb: c", "a\0b", "\u0001", "a\u007f", " a", "a ", "\ta")) {
      shapes.add(with("value " + value, "x-a", value));
    }
    for (String name :
        List.of(
            "x a", "x:a", " x", "x ", "x\ra", "x\na", "x\0a", "X-A", "x\u00e9", "x(a", "x\"a", ":x",
            "")) {
      shapes.add(with("name " + name, name, "b"));
    }
    for (String length :
        List.of("0x5", "21, 21", "+5", "-1", "", "5 5", "9".repeat(20), "\u00b2")) {
      shapes.add(with("length " + length, "content-length", length));
    }
    Map.of(
            "connection", "close",
            "transfer-encoding", "chunked",
            "keep-alive", "timeout=5",
            "proxy-connection", "close",
            "upgrade", "h2c",
            "te", "gzip")
        .forEach((name, value) -> shapes.add(with("field of connections " + name, name, value)));
    for (String name : List.of(":method", ":scheme", ":authority", ":path")) {
      shapes.add(with(name + " after fields", List.of(new Field("x-a", "b")), name, "/"));
      shapes.add(with("second " + name, List.of(), name, value(name)));
    }
    for (String method : List.of("", "G T", "GET\r\n", "G:T", "CONNECT")) {
      shapes.add(instead(":method", method));
    }
    for (String path :
        List.of(
            "",
            "fine",
            "?a",
            "http://a/fine",
            "/a b",
            "/a\r\nx: y",
            "/a\0",
            "/a#b",
            "/a/../b",
            "*")) {
      shapes.add(instead(":path", path));
    }
    for (String authority : List.of("", "u@a", "a/b", "a b", "a\r\nx: y", "a:x", "[::1", "a,b")) {
      shapes.add(instead(":authority", authority));
    }
    for (String scheme : List.of("", "ftp", "ht\0tp", "https\r\n")) {
      shapes.add(instead(":scheme", scheme));
    }
    shapes.add(with("another host", "host", "b"));
    shapes.add(with("two hosts", List.of(new Field("host", "a")), "host", "a"));
    for (String missing : List.of(":method", ":path", ":scheme", ":authority")) {
      shapes.add(
          new Shape(
              "without " + missing,
              good().stream().filter(field -> !field.name().equals(missing)).toList()));
    }
    return shapes.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void refusesAlone(Shape shape) throws Exception {
    try (var client = new RawHttp2Client(gateway.port(), tls)) {
      assertThat(client.send(shape.fields())).isIn(400, RawHttp2Client.RESET);
    }
    try (var client = new RawHttp2Client(gateway.port(), tls)) {
      assertThat(client.send(shape.fields(), "body")).isIn(400, RawHttp2Client.RESET);
    }
    assertThat(instance.received()).isEmpty();
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  private static List<Field> good() {
    return List.of(
        new Field(":method", "GET"),
        new Field(":scheme", "https"),
        new Field(":authority", "a"),
        new Field(":path", "/fine"));
  }

  private static String value(String name) {
    return good().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Shape with(String shape, String name, String value) {
    return with(shape, List.of(), name, value);
  }

  private static Shape with(String shape, List<Field> before, String name, String value) {
    List<Field> fields = new ArrayList<>(good());
    fields.addAll(before);
    fields.add(new Field(name, value));
    return new Shape(shape, fields);
  }

  private static Shape instead(String name, String value) {
    return new Shape(
        name + " " + value,
        good().stream()
            .map(field -> field.name().equals(name) ? new Field(name, value) : field)
            .toList());
  }
}

package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher in a scratch tree whose build and whose Java are scripts that tell what they
/// were asked to do.
@Timeout(60)
class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String BUILDING = "gatehouse: building";

  @TempDir private Path scratch;
  private Path tree;
  private Path jdk;

  record Outcome(int status, String out, String err) {}

  @BeforeEach
  void plantTree() throws IOException {
    tree = Files.createDirectory(scratch.resolve("tree"));
    jdk = scratch.resolve("jdk");
    Files.createDirectories(tree.resolve("bin"));
    Files.copy(ROOT.resolve("gatehouse"), tree.resolve("gatehouse"));
    Files.copy(ROOT.resolve("bin/jdk25.sh"), tree.resolve("bin/jdk25.sh"));
    write("pom.xml", "<project/>");
    write("app/pom.xml", "<project/>");
    write(".mvn/maven.config", "-ntp");
    write("app/src/main/java/A.java", "class A {}");
    write("app/src/main/resources/a.sql", "SELECT 1");
    script(
        tree.resolve("mvnw"),
        """
        echo built >>builds
        mkdir -p app/target/lib app/target/classes
        cat app/src/main/java/* >app/target/gatehouse.jar
        cp app/target/gatehouse.jar app/target/lib/gatehouse-accounts.jar
        """);
    write("../jdk/release", "JAVA_VERSION=\"25.0.3\"\n");
    script(jdk.resolve("bin/javac"), "exit 1");
    script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
  }

  @Test
  void buildsOnceAndThenStartsAtOnce() throws Exception {
    assertThat(launch("config").err()).contains(BUILDING);
    Outcome second = launch("config", "--json");

    assertThat(second.err()).isEmpty();
    assertThat(second.out().lines())
        .contains("-XX:+UseCompactObjectHeaders")
        .endsWith("-jar", tree.toRealPath() + "/app/target/gatehouse.jar", "config", "--json");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceOrAProductChanges() throws Exception {
    launch("config");
    write("app/src/main/java/A.java", "class A { }");
    assertThat(launch("config").err()).contains(BUILDING);
    write("app/src/main/resources/b.sql", "SELECT 2");
    assertThat(launch("config").err()).contains(BUILDING);
    write("app/pom.xml", "<project></project>");
    assertThat(launch("config").err()).contains(BUILDING);
    write("app/target/gatehouse.jar", "built by somebody else");
    assertThat(launch("config").err()).contains(BUILDING);
    assertThat(launch("config").err()).isEmpty();
    assertThat(builds()).isEqualTo(5);
  }

  @Test
  void buildsFromNothingWhenASourceWasDeleted() throws Exception {
    launch("config");
    write("app/target/classes/a.sql", "left over");
    Files.delete(tree.resolve("app/src/main/resources/a.sql"));

    assertThat(launch("config").err()).contains(BUILDING);
    assertThat(tree.resolve("app/target/classes/a.sql")).doesNotExist();
  }

  @Test
  void doesNotBuildAgainForATouchedFile() throws Exception {
    launch("config");
    write("app/src/main/java/A.java", "class A {}");

    assertThat(launch("config").err()).isEmpty();
  }

  @Test
  void letsOneOfManyStartsBuild() throws Exception {
    var running = new ArrayList<Process>();
    for (int start = 0; start < 6; start++) {
      running.add(process(tree, tree.resolve("gatehouse"), Map.of(), "config").start());
    }
    for (Process process : running) {
      assertThat(outcome(process).status()).isZero();
    }

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void reportsAFailedBuildAndTriesAgain() throws Exception {
    script(tree.resolve("mvnw"), "echo '[ERROR] no such symbol'; exit 1");

    assertThat(launch("config")).extracting(Outcome::status).isEqualTo(1);
    assertThat(launch("config").err()).contains(BUILDING, "no such symbol", "the build failed");
  }

  @Test
  void worksFromAnywhereThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(scratch.resolve("gh"), Path.of("tree/gatehouse"));
    Process process = process(Path.of("/"), link, Map.of(), "config").start();

    assertThat(outcome(process).out()).contains("app/target/gatehouse.jar");
  }

  @Test
  void runsADistributionWithoutSourcesAndCompiler() throws Exception {
    Path distribution = scratch.resolve("dist");
    Files.createDirectories(distribution.resolve("bin"));
    Files.copy(ROOT.resolve("gatehouse"), distribution.resolve("gatehouse"));
    Files.copy(ROOT.resolve("bin/jdk25.sh"), distribution.resolve("bin/jdk25.sh"));
    Files.writeString(distribution.resolve("gatehouse.jar"), "jar");
    Files.delete(jdk.resolve("bin/javac"));

    var process = process(scratch, distribution.resolve("gatehouse"), Map.of(), "config").start();
    assertThat(outcome(process).out()).contains("dist/gatehouse.jar");
  }

  @Test
  void saysWhatToInstallWhenThereIsNoJdk25() throws Exception {
    write("../jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
    // The usual folders are looked through as well: here they have to be out of sight.
    String finder = Files.readString(tree.resolve("bin/jdk25.sh"));
    Files.writeString(
        tree.resolve("bin/jdk25.sh"), finder.replaceAll("/(usr|opt|Library)/", "/nowhere/"));
    Outcome outcome = launch("serve");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().contains("install one");
  }

  @Test
  void addsTheCallersOptionsAndTheDebugger() throws Exception {
    launch("config");
    var variables = Map.of("JAVA_OPTS", "-Xmx64m -Da=b", "GATEHOUSE_DEBUG", "5005");
    Outcome outcome =
        outcome(process(tree, tree.resolve("gatehouse"), variables, "config").start());

    assertThat(outcome.out().lines())
        .contains("-Xmx64m", "-Da=b")
        .anyMatch(line -> line.startsWith("-agentlib:jdwp") && line.endsWith("address=5005"));
  }

  @Test
  void keepsTheArchiveOfAnInstanceThatBecameReadyOnly() throws Exception {
    Path archive = tree.resolve("app/target/archive/serve.jsa");
    launch("serve");
    Files.writeString(archive, "of a start that failed");
    launch("serve");
    assertThat(archive).doesNotExist();

    Files.writeString(archive, "of an instance that became ready");
    Files.createFile(tree.resolve("app/target/archive/serve.complete"));
    assertThat(launch("serve").out()).contains("-XX:SharedArchiveFile=");
    assertThat(archive).exists();

    write("app/src/main/java/A.java", "class A { int changed; }");
    launch("serve");
    assertThat(archive).doesNotExist();
  }

  @Test
  void readsAndWritesUtf8WithoutAnyLocale() throws Exception {
    Path echo = scratch.resolve("Echo.java");
    Files.writeString(
        echo,
        """
        class Echo {
          public static void main(String[] arguments) {
            System.out.println(arguments[0] + " " + System.getenv("WORD"));
          }
        }
        """);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    script(
        jdk.resolve("bin/java"),
        "for last; do :; done\nexec %s %s \"$last\"\n".formatted(java, echo));
    Path call = scratch.resolve("call");
    script(
        call,
        "WORD=gr\u00fcn exec %s users j\u00f6rg@loc.example\n"
            .formatted(tree.resolve("gatehouse")));
    for (String locale : List.of("", "C", "POSIX", "de_DE.ISO-8859-1")) {
      Map<String, String> variables = locale.isEmpty() ? Map.of() : Map.of("LANG", locale);

      assertThat(outcome(process(tree, call, variables).start()).out().strip())
          .isEqualTo("j\u00f6rg@loc.example gr\u00fcn");
    }
  }

  private Outcome launch(String... arguments) throws Exception {
    return outcome(process(tree, tree.resolve("gatehouse"), Map.of(), arguments).start());
  }

  private ProcessBuilder process(
      Path folder, Path script, Map<String, String> variables, String... arguments) {
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("JDK25_HOME", jdk.toString());
    builder.environment().putAll(variables);
    return builder;
  }

  private static Outcome outcome(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, err);
  }

  private long builds() throws IOException {
    return Files.readAllLines(tree.resolve("builds")).size();
  }

  private void write(String path, String content) throws IOException {
    Path file = tree.resolve(path).normalize();
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static void script(Path path, String body) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

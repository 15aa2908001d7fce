package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start once spent a third of its processor time on. Each was found by a class that had
/// been loaded, and would come back unseen by a line somewhere.
class LeanStartTest {
  private static final List<String> COSTLY =
      List.of(
          // The command line with all its commands and their options.
          "picocli.CommandLine ",
          // The flight recorder, set up by Netty's first buffer.
          "jdk.jfr.internal.MetadataRepository ",
          // The list of common passwords.
          "com.nulabinc.zxcvbn.",
          // The tables of BigDecimal, made for a Duration that is multiplied or divided.
          "java.math.BigInteger$RecursiveOp ");

  @TempDir private Path folder = Path.of("");

  @Test
  void doesWithoutWhatCostsTime() throws Exception {
    Path loaded = folder.resolve("loaded.txt");
    Path data = folder.resolve("data");
    var watched = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded + "::filecount=0");
    // Brings the schema up to date, for which a start has to do more.
    RunningGatehouse.start(data, Map.of()).close();

    try (var _ = RunningGatehouse.start(data, watched)) {
      String classes = Files.readString(loaded);
      assertThat(classes).contains("dev.gatehouse.app.wiring.ServerWiring ");
      assertThat(COSTLY).filteredOn(classes::contains).isEmpty();
    }
  }
}

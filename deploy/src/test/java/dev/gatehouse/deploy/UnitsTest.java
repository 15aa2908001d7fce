package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @ValueSource(strings = {"gatehouse.service", "gatehouse-gateway.service"})
  void systemdUnderstandsTheUnit(String name, @TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "systemd-analyze is missing; it is part of the package systemd");
    String unit = Files.readString(Path.of("systemd", name));
    // The program is not installed on the build machine.
    Path copy =
        Files.writeString(
            folder.resolve(name), unit.replace("/opt/gatehouse/gatehouse", "/bin/true"));
    Path said = folder.resolve("said");

    Process analysis =
        new ProcessBuilder("/usr/bin/systemd-analyze", "verify", copy.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(analysis.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(analysis.exitValue()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).isEmpty();
  }
}

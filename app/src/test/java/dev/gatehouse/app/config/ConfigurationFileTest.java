package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir private Path folder;

  @Test
  void readsKeysAndValuesInUtf8() throws IOException {
    assertThat(
            ConfigurationFile.read(
                file("# note\nA=1\nB = zwölf \n".getBytes(StandardCharsets.UTF_8))))
        .containsEntry("A", "1")
        .containsEntry("B", "zwölf ")
        .hasSize(2);
  }

  @Test
  void refusesAKeySaidTwice() throws IOException {
    Path file = file("A=1\nB=2\nA=3\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("says more than once: A");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Path file = file(new byte[] {'A', '=', (byte) 0xff});

    assertThatThrownBy(() -> ConfigurationFile.read(file)).hasMessageEndingWith("is not UTF-8");
  }

  @Test
  void refusesAMalformedEscape() throws IOException {
    Path file = file("A=\\u00zz".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ConfigurationFile.read(file)).hasMessageContaining("malformed");
  }

  @Test
  void saysThatTheFileDoesNotExist() {
    assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("missing")))
        .hasMessageEndingWith("does not exist");
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("gatehouse.properties"), content);
  }
}

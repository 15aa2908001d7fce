package dev.gatehouse.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.config.SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {
  @TempDir private Path parent;

  @Test
  void makesAKeyOnceAndKeepsItPrivate() throws IOException {
    SecretKey made = keyFile().readOrMake();

    assertThat(keyFile().readOrMake()).isEqualTo(made);
    assertThat(permissions(folder())).isEqualTo("rwx------");
    assertThat(permissions(folder().resolve("secret.key"))).isEqualTo("rw-------");
    try (var files = Files.list(folder())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void givesProgramsStartedAtOnceTheSameKey() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all =
          threads.invokeAll(
              IntStream.range(0, 8)
                  .<Callable<SecretKey>>mapToObj(_ -> () -> keyFile().readOrMake())
                  .toList());
      var keys = new HashSet<SecretKey>();
      for (var one : all) {
        keys.add(one.get());
      }

      assertThat(keys).hasSize(1);
    }
  }

  @Test
  void refusesAFileThatOthersMayRead() throws IOException {
    keyFile().readOrMake();
    Files.setPosixFilePermissions(
        folder().resolve("secret.key"), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> keyFile().readOrMake())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void refusesAFileThatIsNoKey() throws IOException {
    keyFile().readOrMake();
    Files.writeString(folder().resolve("secret.key"), "half a ke");

    assertThatThrownBy(() -> keyFile().readOrMake())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("32 bytes in base64");
  }

  private Path folder() {
    return parent.resolve("data");
  }

  private SecretKeyFile keyFile() {
    return new SecretKeyFile(folder(), new SecureRandom());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

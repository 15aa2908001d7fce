package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.SecretKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The secret key of an installation that was given none: made once, kept in the data folder,
/// readable by its owner alone. Of several programs that start at once, one makes the key and all
/// read it.
public final class SecretKeyFile {
  private static final String NAME = "secret.key";
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final RandomGenerator random;

  /// @param random cryptographically strong
  public SecretKeyFile(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  /// The keys that are configured, or else the one of the data folder.
  ///
  /// @throws ConfigurationException when the file is not a key or others may read it
  public static List<SecretKey> of(Configuration configuration, RandomGenerator random) {
    return configuration
        .find(TokenConfiguration.SECRET_KEY)
        .orElseGet(
            () -> {
              Path folder = configuration.get(DatabaseConfiguration.DATA_DIR);
              return List.of(new SecretKeyFile(folder, random).readOrMake());
            });
  }

  /// The same, but no key is made where there is none.
  ///
  /// @throws ConfigurationException when the file is not a key or others may read it
  public static Optional<List<SecretKey>> existing(Configuration configuration) {
    Path folder = configuration.get(DatabaseConfiguration.DATA_DIR);
    return configuration
        .find(TokenConfiguration.SECRET_KEY)
        .or(
            () ->
                Optional.of(folder.resolve(NAME))
                    .filter(Files::exists)
                    .map(_ -> List.of(inFile(folder))));
  }

  private static SecretKey inFile(Path folder) {
    return new SecretKeyFile(folder, new SecureRandom()).readOrMake();
  }

  /// Reads the key; makes it, and the folder, when there is none.
  public SecretKey readOrMake() {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        make(file);
      }
      checkPrivate(file);
      return SecretKey.parse(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (InvalidValue invalid) {
      throw fault("%s must hold %s".formatted(file, invalid.expectation()));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot keep the secret key in " + file, failure);
    }
  }

  private void make(Path file) throws IOException {
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    var bytes = new byte[SecretKey.LENGTH];
    random.nextBytes(bytes);
    Path draft =
        Files.createTempFile(folder, NAME, ".new", PosixFilePermissions.asFileAttribute(FILE));
    try {
      writeThrough(draft, SecretKey.of(bytes).written() + "\n");
      // A link, unlike a move, never takes the place of a key someone else has just made.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException other) {
      return;
    } finally {
      Files.delete(draft);
    }
  }

  private static void writeThrough(Path path, String text) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer rest = StandardCharsets.US_ASCII.encode(text);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void checkPrivate(Path file) throws IOException {
    if (!FILE.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
      throw fault(
          "%1$s may be read by others; make it private with: chmod 600 %1$s".formatted(file));
    }
  }

  private static ConfigurationException fault(String what) {
    return new ConfigurationException(List.of(what));
  }
}

package dev.gatehouse.postgres.backup;

import dev.gatehouse.accounts.token.ServerKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The server keys in a backup, to be tried before anything is changed.
public final class StoredServerKeys {
  static final String TABLE = "server_keys";

  private StoredServerKeys() {}

  /// Those of a backup, without their times.
  ///
  /// @throws BackupException when they cannot be read
  public static List<ServerKey> in(Archive archive) throws IOException {
    Optional<Manifest.Table> stored =
        archive.manifest().tables().stream()
            .filter(table -> table.name().equals(TABLE))
            .findFirst();
    if (stored.isEmpty()) {
      return List.of();
    }
    var keys = new ArrayList<ServerKey>();
    var rows = new CountedRows(_ -> {});
    try (var lines =
        new BufferedReader(
            new InputStreamReader(archive.rows(stored.get(), rows), StandardCharsets.UTF_8))) {
      for (String line : lines.lines().toList()) {
        keys.add(key(stored.get().columns(), List.of(line.split("\t", -1))));
      }
    } catch (IllegalArgumentException unknown) {
      throw new BackupException("the server keys in the backup cannot be read", unknown);
    }
    return keys;
  }

  /// None of these values holds a character that COPY would escape.
  private static ServerKey key(List<String> columns, List<String> values) {
    return new ServerKey(
        value("kid", columns, values),
        ServerKey.Purpose.valueOf(value("purpose", columns, values).toUpperCase(Locale.ROOT)),
        Integer.parseInt(value("sequence", columns, values)),
        value("public_part", columns, values),
        value("sealed", columns, values),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static String value(String name, List<String> columns, List<String> values) {
    int place = columns.indexOf(name);
    if (place < 0 || columns.size() != values.size()) {
      throw new BackupException("the server keys in the backup cannot be read");
    }
    return values.get(place);
  }
}

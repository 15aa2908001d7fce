package dev.gatehouse.app.config;

import dev.gatehouse.telemetry.logging.LogSanitizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Reads a properties file in UTF-8 whose keys are the names of the variables.
public final class ConfigurationFile {
  private static final long LARGEST = 1024 * 1024;

  private ConfigurationFile() {}

  /// The keys and their values.
  ///
  /// @throws ConfigurationException when it cannot be read or says one thing twice
  public static Map<String, String> read(Path path) {
    var keys = new UniqueProperties();
    try {
      if (Files.size(path) > LARGEST) {
        throw fault(path, "is larger than 1 MiB");
      }
      try (var reader = Files.newBufferedReader(path)) {
        keys.load(reader);
      }
    } catch (NoSuchFileException missing) {
      throw fault(path, "does not exist");
    } catch (CharacterCodingException unreadable) {
      throw fault(path, "is not UTF-8");
    } catch (IllegalArgumentException malformed) {
      throw fault(path, "holds a malformed \\u escape");
    } catch (IOException unreadable) {
      throw fault(path, "cannot be read: " + unreadable.getClass().getSimpleName());
    }
    if (!keys.repeated.isEmpty()) {
      throw fault(path, "says more than once: " + String.join(", ", keys.repeated));
    }
    var read = new TreeMap<String, String>();
    keys.stringPropertyNames().forEach(key -> read.put(key, keys.getProperty(key)));
    return read;
  }

  private static ConfigurationException fault(Path path, String what) {
    return new ConfigurationException(
        List.of("the configuration file %s %s".formatted(path, what)));
  }

  private static final class UniqueProperties extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient List<String> repeated = new ArrayList<>();

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        repeated.add(LogSanitizer.of(String.valueOf(key)));
      }
      return super.put(key, value);
    }
  }
}

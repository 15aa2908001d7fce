package dev.gatehouse.app.system;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// Settings of the instances that tests start.
public final class TestSettings {
  private TestSettings() {}

  /// Hashes cost little, so that tests can make many, and nothing is refused for load, however busy
  /// the machine is with other tests.
  public static Map<String, String> patient() {
    Map<String, String> settings = new HashMap<>();
    settings.put("GATEHOUSE_HASH_MEMORY_KIB", "1024");
    settings.put("GATEHOUSE_HASH_ITERATIONS", "1");
    settings.put("GATEHOUSE_HASH_MAX_WAIT", "8s");
    settings.put("GATEHOUSE_DATABASE_ACQUIRE_TIMEOUT", "8s");
    return settings;
  }

  /// The same for instances that take each other's tokens.
  public static Map<String, String> alike() {
    Map<String, String> settings = patient();
    settings.put("GATEHOUSE_SECRET_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    settings.put("GATEHOUSE_TOKEN_ISSUER", "http://accounts.example.org");
    return settings;
  }

  /// The same on a database that is there.
  public static Map<String, String> alikeOn(String url, String user, String password) {
    Map<String, String> settings = alike();
    settings.put("GATEHOUSE_DATABASE_URL", url);
    settings.put("GATEHOUSE_DATABASE_USER", user);
    settings.put("GATEHOUSE_DATABASE_PASSWORD", password);
    return settings;
  }
}

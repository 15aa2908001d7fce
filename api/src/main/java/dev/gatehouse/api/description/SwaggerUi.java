package dev.gatehouse.api.description;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The files of the WebJar, which lie under the version of Swagger UI.
final class SwaggerUi {
  private static final String COORDINATES = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String FILES = "/META-INF/resources/webjars/swagger-ui/";

  private SwaggerUi() {}

  /// The version that comes with the program.
  static String version() {
    var coordinates = new Properties();
    try {
      coordinates.load(new ByteArrayInputStream(ClassPathFile.read(COORDINATES)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return coordinates.getProperty("version");
  }

  static byte[] file(String version, String name) {
    return ClassPathFile.read(FILES + version + '/' + name);
  }
}

package dev.gatehouse.app.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version of this build, as the jar's manifest tells it.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String built = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "gatehouse %s (Java %s)"
          .formatted(Objects.requireNonNullElse(built, "development"), Runtime.version())
    };
  }
}

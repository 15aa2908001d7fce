package dev.gatehouse.app.wiring;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the launcher that the class data sharing archive, which the JVM writes when this process
/// ends, will hold the classes of an instance that became ready, and is worth keeping.
public final class CdsArchive {
  private static final Logger log = LoggerFactory.getLogger(CdsArchive.class);

  private final Optional<Path> marker;

  private volatile boolean first;

  public CdsArchive(Optional<Path> marker) {
    this.marker = marker;
  }

  /// Whether the JVM writes the archive when this process ends, which takes some seconds.
  public boolean isToBeWritten() {
    return first;
  }

  public void ready() {
    marker.filter(path -> !Files.exists(path)).ifPresent(this::mark);
  }

  private void mark(Path marker) {
    try {
      Files.createFile(marker);
      first = true;
    } catch (FileAlreadyExistsException another) {
      log.debug("Another instance became ready first");
    } catch (IOException failure) {
      log.warn("Class archive cannot be marked as complete; starts stay slow", failure);
    }
  }
}

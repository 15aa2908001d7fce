package dev.gatehouse.hashing.sodium;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Loads libsodium from the builds in lazysodium's jar, none of whose classes is used.
///
/// A library can only be loaded from a file, so the build is copied to a new private directory and
/// removed as soon as it is loaded, or, where a loaded file cannot be removed, at the exit of the
/// JVM. If the system property `gatehouse.native` names a directory with the file, nothing is
/// written: the file system may be read-only.
///
/// @param symbols the functions of the library
/// @param file the loaded file
@SuppressWarnings("ArrayRecordComponent") // never compared
record SodiumLibrary(SymbolLookup symbols, byte[] file) {

  /// Loads the library for this platform.
  ///
  /// @throws IOException when there is no build, or it cannot be copied
  /// @throws IllegalArgumentException when it cannot be loaded, as on musl or from a directory
  ///     without permission to execute
  @SuppressWarnings("restricted")
  static SodiumLibrary load() throws IOException {
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    String resource =
        resource(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow(() -> new IOException("no libsodium for " + platform));
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    String installed = System.getProperty("gatehouse.native");
    if (installed != null) {
      Path there = Path.of(installed, name);
      return new SodiumLibrary(
          SymbolLookup.libraryLookup(there, Arena.global()), Files.readAllBytes(there));
    }
    Path directory = Files.createTempDirectory("gatehouse-");
    Path file = directory.resolve(name);
    try {
      byte[] content = read(resource);
      Files.write(file, content);
      return new SodiumLibrary(SymbolLookup.libraryLookup(file, Arena.global()), content);
    } finally {
      remove(file);
      remove(directory);
    }
  }

  /// The path of the build for a platform in the jar.
  ///
  /// @param os the system property `os.name`
  /// @param arch the system property `os.arch`
  static Optional<String> resource(String os, String arch) {
    String system = os.toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64");
    if (!arm && !arch.equals("amd64") && !arch.equals("x86_64")) {
      return Optional.empty();
    }
    if (system.equals("linux")) {
      return Optional.of(arm ? "/arm64/libsodium.so" : "/linux64/libsodium.so");
    }
    if (system.startsWith("mac")) {
      return Optional.of(arm ? "/mac_arm/libsodium.dylib" : "/mac/libsodium.dylib");
    }
    return system.startsWith("windows") && !arm
        ? Optional.of("/windows64/libsodium.dll")
        : Optional.empty();
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream library = SodiumLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IOException("not on the class path: " + resource);
      }
      return library.readAllBytes();
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException stillLoaded) {
      path.toFile().deleteOnExit();
    }
  }
}

package dev.gatehouse.hashing.sodium;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gatehouse.hashing.argon2.Argon2;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Argon2 by libsodium, native code with the widest vector instructions of the processor. Supports
/// one lane, salts of 16 bytes, and argon2id and argon2i of version 19; another implementation does
/// the rest.
public final class SodiumArgon2 implements Argon2 {
  private static final Logger log = LoggerFactory.getLogger(SodiumArgon2.class);
  private static final int SALT_BYTES = 16;
  private static final int MIN_SODIUM_TAG_BYTES = 16;
  private static final int MIN_ITERATIONS_ARGON2I = 3;
  private static final int ALGORITHM_ARGON2I13 = 1;
  private static final int ALGORITHM_ARGON2ID13 = 2;

  private final Argon2 rest;
  private final MethodHandle pwhash;
  private final String version;

  private SodiumArgon2(Argon2 rest, MethodHandle pwhash, String version) {
    this.rest = rest;
    this.pwhash = pwhash;
    this.version = version;
  }

  /// Loads libsodium without changes.
  ///
  /// @param rest handles what libsodium does not support
  /// @throws IOException when libsodium does not work on this platform
  static SodiumArgon2 load(Argon2 rest) throws IOException {
    try {
      return of(SodiumLibrary.load(), rest);
    } catch (IllegalArgumentException | IllegalCallerException unusable) {
      throw unusable(unusable);
    }
  }

  /// Loads libsodium and makes it keep its memory between hashes, where possible.
  ///
  /// @param rest handles what libsodium does not support
  /// @throws IOException when libsodium does not work on this platform
  public static SodiumArgon2 loadKeepingMemory(Argon2 rest) throws IOException {
    try {
      SodiumLibrary library = SodiumLibrary.load();
      SodiumArgon2 sodium = of(library, rest);
      keepMemory(library);
      return sodium;
    } catch (IllegalArgumentException | IllegalCallerException unusable) {
      throw unusable(unusable);
    }
  }

  private static void keepMemory(SodiumLibrary library) {
    try {
      KeptMemory.of(library, Runtime.getRuntime().availableProcessors());
    } catch (IOException unexpected) {
      log.info("Memory of libsodium is mapped again for each hash: {}", unexpected.getMessage());
    }
  }

  @Override
  public byte[] tag(byte[] password, byte[] salt, Function function, int tagBytes) {
    if (!supports(function, salt.length, tagBytes)) {
      return rest.tag(password, salt, function, tagBytes);
    }
    try (var arena = Arena.ofConfined()) {
      var nativePassword = arena.allocate(Math.max(1, password.length));
      MemorySegment.copy(password, 0, nativePassword, JAVA_BYTE, 0, password.length);
      var nativeTag = arena.allocate(tagBytes);
      try {
        call(
            nativeTag,
            nativePassword,
            password.length,
            arena.allocateFrom(JAVA_BYTE, salt),
            function);
        return nativeTag.toArray(JAVA_BYTE);
      } finally {
        nativePassword.fill((byte) 0);
        nativeTag.fill((byte) 0);
      }
    }
  }

  @Override
  public String name() {
    return "libsodium " + version;
  }

  static boolean supports(Function function, int saltBytes, int tagBytes) {
    boolean variant =
        switch (function.variant()) {
          case ID -> true;
          case I -> function.parameters().iterations() >= MIN_ITERATIONS_ARGON2I;
          case D -> false;
        };
    return variant
        && function.version() == VERSION_19
        && function.parameters().parallelism() == 1
        && saltBytes == SALT_BYTES
        && tagBytes >= MIN_SODIUM_TAG_BYTES;
  }

  private void call(
      MemorySegment tag,
      MemorySegment password,
      long passwordBytes,
      MemorySegment salt,
      Function function) {
    var cost = function.parameters();
    int algorithm = function.variant() == Variant.ID ? ALGORITHM_ARGON2ID13 : ALGORITHM_ARGON2I13;
    int result;
    try {
      result =
          (int)
              pwhash.invokeExact(
                  tag,
                  tag.byteSize(),
                  password,
                  passwordBytes,
                  salt,
                  (long) cost.iterations(),
                  cost.memoryKib() * 1_024L,
                  algorithm);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    if (result != 0) {
      throw new IllegalStateException("libsodium found no memory for a hash");
    }
  }

  private static IOException unusable(RuntimeException reason) {
    return new IOException("libsodium cannot be loaded: " + reason.getMessage(), reason);
  }

  @SuppressWarnings("restricted")
  static SodiumArgon2 of(SodiumLibrary library, Argon2 rest) throws IOException {
    var linker = Linker.nativeLinker();
    SymbolLookup symbols = library.symbols();
    var init =
        linker.downcallHandle(symbols.findOrThrow("sodium_init"), FunctionDescriptor.of(JAVA_INT));
    var version =
        linker.downcallHandle(
            symbols.findOrThrow("sodium_version_string"), FunctionDescriptor.of(ADDRESS));
    var pwhash =
        linker.downcallHandle(
            symbols.findOrThrow("crypto_pwhash"),
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG,
                JAVA_INT));
    try {
      if ((int) init.invokeExact() < 0) {
        throw new IOException("libsodium does not initialise");
      }
      var text = (MemorySegment) version.invokeExact();
      return new SodiumArgon2(rest, pwhash, text.reinterpret(64).getString(0));
    } catch (IOException | RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

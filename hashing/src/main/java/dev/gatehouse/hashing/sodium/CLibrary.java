package dev.gatehouse.hashing.sodium;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The functions of the system's C library (POSIX, and `dladdr`) that [KeptMemory] needs.
/// Thread-safe.
final class CLibrary {
  static final FunctionDescriptor MMAP =
      FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  static final FunctionDescriptor MUNMAP = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MemoryLayout DL_INFO =
      MemoryLayout.structLayout(ADDRESS, ADDRESS, ADDRESS, ADDRESS);

  private final MethodHandle mmap = function("mmap", MMAP);
  private final MethodHandle munmap = function("munmap", MUNMAP);
  private final MethodHandle mprotect =
      function("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private final MethodHandle dladdr =
      function("dladdr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  private final MethodHandle getpagesize = function("getpagesize", FunctionDescriptor.of(JAVA_INT));

  /// The address of a function.
  ///
  /// @throws java.util.NoSuchElementException when it does not exist, as on Windows
  static MemorySegment address(String function) {
    return Linker.nativeLinker().defaultLookup().findOrThrow(function);
  }

  MemorySegment mmap(
      MemorySegment at, long bytes, int protection, int flags, int file, long offset) {
    try {
      return (MemorySegment) mmap.invokeExact(at, bytes, protection, flags, file, offset);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  int munmap(MemorySegment at, long bytes) {
    try {
      return (int) munmap.invokeExact(at, bytes);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Sets the protection of a range of pages.
  ///
  /// @return whether it succeeded
  boolean mprotect(long start, long bytes, int protection) {
    try {
      return (int) mprotect.invokeExact(MemorySegment.ofAddress(start), bytes, protection) == 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The load address of the library of a function; 0 when unknown.
  long baseOf(MemorySegment function) {
    try (var arena = Arena.ofConfined()) {
      var info = arena.allocate(DL_INFO);
      int known = (int) dladdr.invokeExact(function, info);
      return known == 0 ? 0 : info.get(ADDRESS, ADDRESS.byteSize()).address();
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  long pageBytes() {
    try {
      return (int) getpagesize.invokeExact();
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(address(name), type);
  }
}

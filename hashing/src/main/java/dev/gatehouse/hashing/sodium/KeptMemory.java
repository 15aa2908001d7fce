package dev.gatehouse.hashing.sodium;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Keeps the working memory of one hash for the next. libsodium maps 19 MiB for each hash and
/// unmaps it afterwards; having the system find and clear those pages again takes two fifths of the
/// time of a hash (ADR 28). Argon2 writes every block before it reads it, so what is there does not
/// matter.
///
/// Stands between libsodium and two functions of the C library. Keeps at most as many mappings as
/// there are processors, of the size asked for last. Thread-safe.
final class KeptMemory {
  private static final int NO_FILE = -1;

  private final CLibrary system;
  private final BlockingQueue<MemorySegment> idle;

  private KeptMemory(CLibrary system, int most) {
    this.system = system;
    idle = new ArrayBlockingQueue<>(most);
  }

  /// Has a loaded libsodium keep its memory from now on, as long as the process lives.
  ///
  /// @param processors how many hashes are made at once
  /// @throws IOException when the library is not as expected; it works as before then
  static KeptMemory of(SodiumLibrary library, int processors) throws IOException {
    try {
      var system = new CLibrary();
      var image = new ElfImage(library.file());
      var slots = new ImportSlots(system, image, library.symbols().findOrThrow("sodium_init"));
      var memory = new KeptMemory(system, processors);
      // Should the second fail, nothing is ever kept, and the first passes everything on.
      slots.redirect("mmap", CLibrary.address("mmap"), memory.stub("map", CLibrary.MMAP));
      slots.redirect("munmap", CLibrary.address("munmap"), memory.stub("unmap", CLibrary.MUNMAP));
      return memory;
    } catch (IllegalArgumentException | NoSuchElementException unexpected) {
      throw new IOException(unexpected.getMessage(), unexpected);
    }
  }

  /// How many bytes wait for the next hash.
  long idleBytes() {
    return idle.stream().mapToLong(MemorySegment::byteSize).sum();
  }

  /// In place of `mmap`. Called from native code: may not throw.
  MemorySegment map(
      MemorySegment at, long bytes, int protection, int flags, int file, long offset) {
    if (file == NO_FILE && at.address() == 0) {
      MemorySegment kept = take(bytes);
      if (kept != null) {
        return kept;
      }
    }
    return system.mmap(at, bytes, protection, flags, file, offset);
  }

  /// In place of `munmap`. Called from native code: may not throw.
  int unmap(MemorySegment at, long bytes) {
    return idle.offer(sized(at, bytes)) ? 0 : system.munmap(at, bytes);
  }

  private @Nullable MemorySegment take(long bytes) {
    MemorySegment kept = idle.poll();
    while (kept != null && kept.byteSize() != bytes) {
      system.munmap(kept, kept.byteSize());
      kept = idle.poll();
    }
    return kept;
  }

  @SuppressWarnings("restricted")
  private MemorySegment stub(String method, FunctionDescriptor type) {
    try {
      var target = MethodHandles.lookup().bind(this, method, type.toMethodType());
      return Linker.nativeLinker().upcallStub(target, type, Arena.global());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment sized(MemorySegment at, long bytes) {
    return at.reinterpret(bytes);
  }
}

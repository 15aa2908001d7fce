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

/// Keeps the working memory of a hash for the next one. libsodium maps 19 MiB for each hash and
/// unmaps it afterwards; two fifths of the time of a hash go to allocating and clearing these pages
/// (ADR 28). Argon2 writes every block before it reads it, so old content does not matter.
///
/// Replaces `mmap` and `munmap` for libsodium. Keeps at most one mapping for each processor, of the
/// last requested size. Thread-safe.
final class KeptMemory {
  private static final int NO_FILE = -1;

  private final CLibrary system;
  private final BlockingQueue<MemorySegment> idle;

  private KeptMemory(CLibrary system, int most) {
    this.system = system;
    idle = new ArrayBlockingQueue<>(most);
  }

  /// Makes a loaded libsodium keep its memory, for the life of the process.
  ///
  /// @param processors the number of concurrent hashes
  /// @throws IOException when the library has another structure; it is unchanged then
  static KeptMemory of(SodiumLibrary library, int processors) throws IOException {
    try {
      var system = new CLibrary();
      var image = new ElfImage(library.file());
      var slots = new ImportSlots(system, image, library.symbols().findOrThrow("sodium_init"));
      var memory = new KeptMemory(system, processors);
      // If the second redirection fails, nothing is kept, and the first only forwards.
      slots.redirect("mmap", CLibrary.address("mmap"), memory.stub("map", CLibrary.MMAP));
      slots.redirect("munmap", CLibrary.address("munmap"), memory.stub("unmap", CLibrary.MUNMAP));
      return memory;
    } catch (IllegalArgumentException | NoSuchElementException unexpected) {
      throw new IOException(unexpected.getMessage(), unexpected);
    }
  }

  /// The number of bytes kept for the next hash.
  long idleBytes() {
    return idle.stream().mapToLong(MemorySegment::byteSize).sum();
  }

  /// Replaces `mmap`. Called from native code: must not throw.
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

  /// Replaces `munmap`. Called from native code: must not throw.
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

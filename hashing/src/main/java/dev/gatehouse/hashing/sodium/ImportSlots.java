package dev.gatehouse.hashing.sodium;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// The global offset table of a loaded library. Redirecting a slot changes the calls of this
/// library, and nothing else in the process.
final class ImportSlots {
  private static final int READ = 1;
  private static final int READ_WRITE = 3;

  private final CLibrary system;
  private final ElfImage image;
  private final long base;

  /// @param image the file of the library
  /// @param anyFunction of the library, from which the load address follows
  /// @throws IOException when the load address is unknown
  ImportSlots(CLibrary system, ElfImage image, MemorySegment anyFunction) throws IOException {
    this.system = system;
    this.image = image;
    base = system.baseOf(anyFunction);
    if (base == 0) {
      throw new IOException("where it was loaded is unknown");
    }
  }

  /// Redirects the calls of one function to another. Writes one aligned word: a concurrent call
  /// reaches one of the two.
  ///
  /// @param expected the current content of the slot
  /// @throws IOException when the content differs or the slot is not writable; nothing is changed
  ///     then
  void redirect(String function, MemorySegment expected, MemorySegment replacement)
      throws IOException {
    long place =
        image
            .slot(function)
            .orElseThrow(() -> new IOException(function + " is not called through a slot"));
    MemorySegment slot = at(base + place);
    if (slot.get(JAVA_LONG, 0) != expected.address()) {
      throw new IOException(function + " leads somewhere else than to the C library");
    }
    long page = system.pageBytes();
    long start = base + place - (base + place) % page;
    if (!system.mprotect(start, page, READ_WRITE)) {
      throw new IOException("its slots may not be written");
    }
    slot.set(JAVA_LONG, 0, replacement.address());
    if (image.isSealed(place, page)) {
      system.mprotect(start, page, READ);
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment at(long address) {
    return MemorySegment.ofAddress(address).reinterpret(JAVA_LONG.byteSize());
  }
}

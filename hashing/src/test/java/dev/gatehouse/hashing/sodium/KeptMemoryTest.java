package dev.gatehouse.hashing.sodium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.BouncyCastleArgon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux's libsodium is an ELF library")
class KeptMemoryTest {
  private static final long PAGE = new CLibrary().pageBytes();
  private static final int READ_WRITE = 3;
  private static final int PRIVATE_ANONYMOUS = 0x22;
  private static final Argon2 PORTABLE = new BouncyCastleArgon2();
  private static final Argon2 NONE =
      new Argon2() {
        @Override
        public byte[] tag(byte[] password, byte[] salt, Function function, int tagBytes) {
          throw new AssertionError("libsodium was expected to do this");
        }

        @Override
        public String name() {
          return "none";
        }
      };

  private final SodiumLibrary library;
  private final Argon2 sodium;

  KeptMemoryTest() throws IOException {
    library = SodiumLibrary.load();
    sodium = SodiumArgon2.of(library, NONE);
  }

  @Test
  void keepsTheMemoryOfAHashForTheNext() throws IOException {
    var memory = KeptMemory.of(library, 1);
    tag(sodium, 1_024, 1);
    long kept = memory.idleBytes();
    assertThat(kept).isBetween(1_024L * 1_024, 1_024L * 1_024 + 16 * PAGE);
    tag(sodium, 1_024, 2);
    assertThat(memory.idleBytes()).isEqualTo(kept);
  }

  @Test
  void computesTheSameOnMemoryThatWasUsedBefore() throws Exception {
    var memory = KeptMemory.of(library, 2);
    try (var threads = Executors.newFixedThreadPool(4)) {
      var tags = new ArrayList<Future<?>>();
      for (int round = 0; round < 60; round++) {
        int number = round;
        int kib = number % 7 == 0 ? 64 : 256;
        tags.add(
            threads.submit(
                () -> assertThat(tag(sodium, kib, number)).isEqualTo(tag(PORTABLE, kib, number))));
      }
      for (var tag : tags) {
        tag.get();
      }
    }
    assertThat(memory.idleBytes()).isPositive();
  }

  @Test
  void keepsNoMoreMappingsThanItMay() throws IOException {
    var memory = KeptMemory.of(library, 1);
    MemorySegment first = map(memory, PAGE);
    MemorySegment second = map(memory, PAGE);
    assertThat(memory.unmap(first, PAGE)).isZero();
    assertThat(memory.unmap(second, PAGE)).isZero();
    assertThat(memory.idleBytes()).isEqualTo(PAGE);
    assertThat(map(memory, PAGE).address()).isEqualTo(first.address());
  }

  @Test
  void givesMemoryOfAnotherSizeBackToTheSystem() throws IOException {
    var memory = KeptMemory.of(library, 2);
    memory.unmap(map(memory, PAGE), PAGE);
    memory.unmap(map(memory, 3 * PAGE), 3 * PAGE);
    assertThat(memory.idleBytes()).isEqualTo(3 * PAGE);
  }

  @Test
  void leavesALibraryAloneWhoseCallsLeadElsewhere() throws IOException {
    KeptMemory.of(library, 1);
    assertThatThrownBy(() -> KeptMemory.of(library, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads somewhere else");
  }

  @Test
  void leavesALibraryAloneThatIsNotWhatItSeems() {
    var notElf = new SodiumLibrary(library.symbols(), new byte[100]);
    assertThatThrownBy(() -> KeptMemory.of(notElf, 1)).isInstanceOf(IOException.class);
    var unknown = new SodiumLibrary(_ -> Optional.of(Arena.global().allocate(1)), library.file());
    assertThatThrownBy(() -> KeptMemory.of(unknown, 1)).isInstanceOf(IOException.class);
    SymbolLookup none = _ -> Optional.empty();
    assertThatThrownBy(() -> KeptMemory.of(new SodiumLibrary(none, library.file()), 1))
        .isInstanceOf(IOException.class);
  }

  private static MemorySegment map(KeptMemory memory, long bytes) {
    return memory.map(MemorySegment.NULL, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
  }

  private static byte[] tag(Argon2 argon2, int kib, int number) {
    byte[] password = {1, 2, (byte) number};
    return argon2.tag(
        password, new byte[16], Argon2.Function.argon2id(new HashParameters(kib, 2, 1)), 32);
  }
}

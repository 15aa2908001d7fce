package dev.gatehouse.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortSliceTest {
  @TempDir private Path folder;

  @Test
  void isSharedByNobodyUntilAllAreTaken() throws Exception {
    List<PortSlice> claimed = new ArrayList<>();
    Set<Integer> ports = new HashSet<>();
    PortSlice next = PortSlice.claimed(folder);
    while (next.claim().isPresent()) {
      claimed.add(next);
      assertThat(IntStream.range(next.first(), next.first() + next.size()).allMatch(ports::add))
          .isTrue();
      next = PortSlice.claimed(folder);
    }

    assertThat(ports).hasSize(12_000).allMatch(port -> port >= 20_000 && port < 32_000);
    assertThat(next.size()).isEqualTo(12_000);
    for (PortSlice each : claimed) {
      try (FileLock lock = each.claim().orElseThrow()) {
        assertThat(lock.isValid()).isTrue();
      }
    }
    assertThat(PortSlice.claimed(folder).claim()).isPresent();
  }

  @Test
  void givesEachPortOnceBeforeItGivesOneAgain() {
    Set<Integer> given = new HashSet<>();

    for (int port = 0; port < 200; port++) {
      assertThat(given.add(FreePorts.next())).isTrue();
    }
  }
}

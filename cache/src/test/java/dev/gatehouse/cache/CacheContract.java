package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cache.ChangeFeed.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every form of the cache does while all it needs is there.
abstract class CacheContract {
  static final Duration LONG = Duration.ofMinutes(1);

  private final String key = UUID.randomUUID().toString();

  /// The cache under test; may hold other things.
  abstract Cache cache();

  @Test
  void holdsNothingUnderAKeyNeverSet() {
    assertThat(cache().get(key)).isEmpty();
  }

  @Test
  void findsWhatWasSet() {
    cache().set(key, entry(1, "one"), LONG);

    assertThat(cache().get(key)).contains(entry(1, "one"));
  }

  @Test
  void keepsKeysApart() {
    String other = UUID.randomUUID().toString();
    cache().set(key, entry(1, "one"), LONG);
    cache().set(other, entry(1, "other"), LONG);

    assertThat(cache().get(key)).contains(entry(1, "one"));
    assertThat(cache().get(other)).contains(entry(1, "other"));
  }

  @Test
  void keepsEveryByteValueAndVersion() {
    byte[] bytes = new byte[20_000];
    new Random(1).nextBytes(bytes);
    var entry = Entry.of(Long.MAX_VALUE - 1, bytes);

    cache().set(key, entry, LONG);

    assertThat(cache().get(key)).contains(entry);
  }

  @Test
  void remembersThatThereIsNothing() {
    cache().set(key, Entry.absent(), LONG);

    assertThat(cache().get(key)).hasValueSatisfying(entry -> assertThat(entry.isAbsent()).isTrue());
  }

  @Test
  void forgetsWhatWasDeleted() {
    cache().set(key, entry(3, "three"), LONG);
    cache().delete(key);

    assertThat(cache().get(key)).isEmpty();
  }

  @Test
  void holdsAnOlderVersionAgainOnceTheNewerIsDeleted() {
    cache().set(key, entry(3, "three"), LONG);
    cache().delete(key);
    cache().set(key, entry(2, "two"), LONG);

    assertThat(cache().get(key)).contains(entry(2, "two"));
  }

  @Test
  void forgetsWhenTheTimeIsOver() {
    cache().set(key, entry(1, "one"), Duration.ofMillis(100));

    await().atMost(Duration.ofSeconds(20)).until(() -> cache().get(key).isEmpty());
  }

  @Test
  void replacesAnOlderVersionAndTheSameOne() {
    cache().set(key, Entry.absent(), LONG);
    cache().set(key, entry(1, "one"), LONG);
    cache().set(key, entry(2, "two"), LONG);
    cache().set(key, entry(2, "two again"), LONG);

    assertThat(cache().get(key)).contains(entry(2, "two again"));
  }

  @Test
  void neverReplacesANewerVersion() {
    long beyondTheExactNumbersOfLua = (1L << 53) + 1;
    cache().set(key, entry(beyondTheExactNumbersOfLua, "newer"), LONG);
    cache().set(key, entry(beyondTheExactNumbersOfLua - 1, "older"), LONG);
    cache().set(key, entry(255, "much older"), LONG);

    assertThat(cache().get(key)).contains(entry(beyondTheExactNumbersOfLua, "newer"));
  }

  @Test
  void forgetsWhatIsRuledOutAndRefusesItFromThenOn() {
    cache().set(key, entry(1, "one"), LONG);
    cache().invalidate(key, 2);
    assertThat(cache().get(key)).isEmpty();

    cache().set(key, entry(1, "one"), LONG);
    cache().set(key, Entry.absent(), LONG);
    assertThat(cache().get(key)).isEmpty();

    cache().set(key, entry(2, "two"), LONG);
    assertThat(cache().get(key)).contains(entry(2, "two"));
  }

  @Test
  void remembersTheHighestVersionThatWasRuledOut() {
    cache().invalidate(key, 5);
    cache().invalidate(key, 3);
    cache().set(key, entry(4, "four"), LONG);

    assertThat(cache().get(key)).isEmpty();
  }

  @Test
  void keepsANewerVersionThanTheOneRuledOut() {
    cache().set(key, entry(7, "seven"), LONG);
    cache().invalidate(key, 5);

    assertThat(cache().get(key)).contains(entry(7, "seven"));
  }

  @Test
  void refusesEveryVersionOfWhatIsGoneForEver() {
    cache().set(key, entry(7, "seven"), LONG);
    cache().invalidate(key, Change.DELETED);
    cache().set(key, entry(8, "eight"), LONG);

    assertThat(cache().get(key)).isEmpty();
  }

  @Test
  void endsWithTheHighestVersionWhateverTheOrderOfTheWriters() throws InterruptedException {
    List<Long> versions = new ArrayList<>(LongStream.rangeClosed(1, 200).boxed().toList());
    Collections.shuffle(versions, new Random(2));
    List<Thread> writers =
        versions.stream().map(version -> Thread.ofVirtual().unstarted(() -> set(version))).toList();

    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(cache().get(key)).contains(entry(200, "200"));
  }

  private void set(long version) {
    cache().set(key, entry(version, Long.toString(version)), LONG);
  }

  static Entry entry(long version, String text) {
    return Entry.of(version, text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.Fingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers what it has not seen before.
public final class InMemoryFingerprints implements Fingerprints {
  private final Map<List<String>, String> seen = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  @Override
  public String of(String purpose, String... texts) {
    var of = new ArrayList<>(List.of(texts));
    of.addFirst(purpose);
    return seen.computeIfAbsent(of, _ -> "%043d".formatted(numbers.incrementAndGet()));
  }
}

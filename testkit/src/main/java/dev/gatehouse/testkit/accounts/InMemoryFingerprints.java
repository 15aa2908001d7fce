package dev.gatehouse.testkit.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.id.Fingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Fingerprints without a key, the same in all instances.
public final class InMemoryFingerprints implements Fingerprints {
  @Override
  public String of(String purpose, String... texts) {
    var all = new ArrayList<>(List.of(texts));
    all.addFirst(purpose);
    return "fingerprint-" + UUID.nameUUIDFromBytes(all.toString().getBytes(UTF_8));
  }
}

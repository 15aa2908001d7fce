package dev.gatehouse.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what discovery says.
final class RecordedDiscovery implements DiscoveryListener {
  final List<Boolean> following = new CopyOnWriteArrayList<>();
  final List<Boolean> registered = new CopyOnWriteArrayList<>();
  volatile String serving = "";

  @Override
  public void serving(String service, int confirmed, int remembered) {
    serving = confirmed + " confirmed, " + remembered + " remembered";
  }

  @Override
  public void following(String service, boolean now) {
    following.add(now);
  }

  @Override
  public void registered(String instance, boolean now) {
    registered.add(now);
  }
}

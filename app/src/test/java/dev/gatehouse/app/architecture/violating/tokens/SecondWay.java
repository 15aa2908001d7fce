package dev.gatehouse.app.architecture.violating.tokens;

/// Named as a class elsewhere that may start threads.
final class SecondWay {
  private SecondWay() {}

  static Thread start(Runnable refresh) {
    return Thread.ofVirtual().start(refresh);
  }
}

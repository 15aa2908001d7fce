package dev.gatehouse.resilience.periodic;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a task reported, as text.
final class RecordedOutages implements PeriodicTaskListener {
  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

  @Override
  public void outageBegan(String task, Throwable cause) {
    reports.add(task + " began: " + cause.getClass().getSimpleName());
  }

  @Override
  public void stillFailing(String task, Throwable cause, int failures) {
    reports.add(task + " failed " + failures + ": " + cause.getClass().getSimpleName());
  }

  @Override
  public void outageEnded(String task, int failures, Duration lasted) {
    reports.add(task + " ended after " + failures + ", " + lasted);
  }

  @Override
  public void leftRunning(String task) {
    reports.add(task + " left running");
  }

  String next() throws InterruptedException {
    return String.valueOf(reports.poll(20, TimeUnit.SECONDS));
  }

  boolean isEmpty() {
    return reports.isEmpty();
  }
}

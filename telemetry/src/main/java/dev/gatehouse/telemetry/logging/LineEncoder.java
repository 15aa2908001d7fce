package dev.gatehouse.telemetry.logging;

/// Writes an entry as one line, its end included. Used by the one thread that writes the log.
interface LineEncoder {
  void encode(Entry entry, LineBuffer line);
}

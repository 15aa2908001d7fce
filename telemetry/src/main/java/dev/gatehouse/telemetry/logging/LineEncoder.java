package dev.gatehouse.telemetry.logging;

/// Encodes an entry as one line, including the line end. Used only by the writer thread.
interface LineEncoder {
  void encode(Entry entry, LineBuffer line);
}

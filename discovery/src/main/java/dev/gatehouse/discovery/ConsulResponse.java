package dev.gatehouse.discovery;

/// What Consul answered.
///
/// @param index of the state it answered from, at least 1: with 0 the next query would not wait
record ConsulResponse(int status, long index, String body) {
  boolean ok() {
    return status == 200;
  }
}

package dev.gatehouse.discovery;

/// A response of Consul.
///
/// @param index of the state that it describes, at least 1: with 0 the next query would not wait
record ConsulResponse(int status, long index, String body) {
  boolean ok() {
    return status == 200;
  }
}

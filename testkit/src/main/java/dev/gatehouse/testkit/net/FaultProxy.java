package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A stretch of network between a client and a server on this machine that fails when told to. What
/// is left to chance comes from a seed: the n-th connection meets the same chances in every run.
/// Thread-safe.
public final class FaultProxy implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

  private volatile InetSocketAddress server;
  private final Listener listener;
  private final Random seeds;
  private final FaultSwitch fault = new FaultSwitch();
  private final Set<ProxiedConnection> carriages = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();

  private FaultProxy(int serverPort, long seed) {
    server = loopback(serverPort);
    seeds = new Random(seed);
    listener = Listener.on(FreePorts.next(), this::carry);
  }

  /// Begins to carry connections to a server on a loopback port.
  public static FaultProxy to(int serverPort, long seed) {
    return new FaultProxy(serverPort, seed);
  }

  /// The port to connect to instead of the server's.
  public int port() {
    return listener.port();
  }

  /// Behaves like this from now on, on all connections.
  public void set(Fault next) {
    fault.set(next);
    if (next instanceof Fault.Cut) {
      carriages.forEach(ProxiedConnection::reset);
    }
  }

  /// Behaves like a network that works.
  public void heal() {
    set(new Fault.None());
  }

  /// Leads to another server on a loopback port from now on; connections to the one before are
  /// reset.
  public void leadTo(int serverPort) {
    server = loopback(serverPort);
    carriages.forEach(ProxiedConnection::reset);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// How many connections there are.
  public int connections() {
    return carriages.size();
  }

  /// How many bytes have been carried, both ways together.
  public long carriedBytes() {
    return carried.get();
  }

  @Override
  public void close() {
    listener.close();
    carriages.forEach(ProxiedConnection::reset);
  }

  private void carry(Socket client) {
    var random = new Random(seeds.nextLong());
    var upstream = new Socket();
    var carriage = new ProxiedConnection(client, upstream, fault, random, carried::addAndGet);
    carriages.add(carriage);
    Thread.ofVirtual()
        .name("fault-proxy-connection")
        .start(
            () -> {
              try {
                if (!(fault.get() instanceof Fault.Cut)) {
                  upstream.connect(server, CONNECT_TIMEOUT_MILLIS);
                  carriage.run();
                }
              } catch (IOException refused) {
                // The client learns of it by the reset below.
              } finally {
                carriage.reset();
                carriages.remove(carriage);
              }
            });
  }
}

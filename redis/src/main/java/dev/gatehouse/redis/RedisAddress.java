package dev.gatehouse.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of Redis: `redis://[user:password@]host[:port][/database]`, `rediss://` over TLS,
/// `redis-sentinel://` for a master found through sentinels; `redis-cluster://host:port,host:port`
/// and `rediss-cluster://` for a Cluster, of which one node suffices to find the others.
/// Immutable.
public final class RedisAddress {
  private static final String CLUSTER = "-cluster";
  private static final String UNDERSCORE = "xunderscorex";

  /// Only the hosts, since the part before them contains the password.
  private static final Pattern HOSTS = Pattern.compile("(?<=://|@)[^/?#@]*(?=[/?#]|$)");

  private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/?#]*@");

  /// The timeout of connecting, handshake and authentication.
  private static final Duration HANDSHAKE = Duration.ofSeconds(1);

  private final URI url;
  private final List<RedisURI> seeds;
  private final boolean cluster;

  private RedisAddress(URI url, List<RedisURI> seeds, boolean cluster) {
    this.url = url;
    this.seeds = List.copyOf(seeds);
    this.cluster = cluster;
  }

  /// Parses an address.
  ///
  /// @throws IllegalArgumentException when it has none of these forms
  public static RedisAddress parse(URI url) {
    if (String.valueOf(url.getRawPath()).contains("@")) {
      throw new IllegalArgumentException("Encode a slash in the password as %2F");
    }
    boolean cluster = String.valueOf(url.getScheme()).endsWith(CLUSTER);
    URI named = withNamesForJava(url);
    List<RedisURI> seeds =
        cluster
            ? RedisClusterURIUtil.toRedisURIs(
                URI.create(named.toString().replaceFirst(CLUSTER, "")))
            : List.of(RedisURI.create(named));
    seeds.forEach(RedisAddress::settle);
    return new RedisAddress(url, seeds, cluster);
  }

  /// Lettuce reads hosts by [URI#getHost()], which returns null for names with an underscore.
  private static URI withNamesForJava(URI url) {
    Matcher authority = HOSTS.matcher(url.toString());
    return authority.find()
        ? URI.create(
            authority.replaceFirst(
                Matcher.quoteReplacement(authority.group().replace("_", UNDERSCORE))))
        : url;
  }

  private static void settle(RedisURI seed) {
    seed.setTimeout(HANDSHAKE);
    if (seed.getHost() != null) {
      seed.setHost(seed.getHost().replace(UNDERSCORE, "_"));
    }
    seed.getSentinels().forEach(RedisAddress::settle);
  }

  /// The initial addresses, at least one.
  List<RedisURI> seeds() {
    return seeds;
  }

  /// Whether they are nodes of a Cluster.
  boolean cluster() {
    return cluster;
  }

  /// Without user and password.
  @Override
  public String toString() {
    return LOGIN.matcher(url.toString()).replaceFirst("***@");
  }
}

package dev.gatehouse.cache;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Where Redis is: `redis://[user:password@]host[:port][/database]`, `rediss://` over TLS,
/// `redis-sentinel://` for a master found through sentinels; `redis-cluster://host:port,host:port`
/// and `rediss-cluster://` for a Cluster, of which one node is enough to find the others.
///
/// @param seeds the addresses to begin with, at least one
/// @param cluster whether they are nodes of a Cluster
record RedisAddress(List<RedisURI> seeds, boolean cluster) {
  private static final String CLUSTER = "-cluster";

  /// Connecting, greeting and authenticating take no longer.
  private static final Duration HANDSHAKE = Duration.ofSeconds(1);

  /// @throws IllegalArgumentException when it is none of these
  static RedisAddress parse(URI url) {
    String scheme = String.valueOf(url.getScheme());
    boolean cluster = scheme.endsWith(CLUSTER);
    List<RedisURI> seeds =
        cluster
            ? RedisClusterURIUtil.toRedisURIs(URI.create(url.toString().replaceFirst(CLUSTER, "")))
            : List.of(RedisURI.create(url));
    seeds.forEach(seed -> seed.setTimeout(HANDSHAKE));
    return new RedisAddress(seeds, cluster);
  }
}

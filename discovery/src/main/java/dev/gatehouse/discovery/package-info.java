/// Which instances of a service there are and where: told to others, and watched. Consul, and a
/// fixed list as its twin.
@NullMarked
package dev.gatehouse.discovery;

import org.jspecify.annotations.NullMarked;

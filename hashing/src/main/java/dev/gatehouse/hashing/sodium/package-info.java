/// Argon2 by libsodium, called through the foreign function API.
@NullMarked
package dev.gatehouse.hashing.sodium;

import org.jspecify.annotations.NullMarked;

/// Password hashing: Argon2id on a bounded worker pool, and the forms that other systems stored.
@NullMarked
package dev.gatehouse.hashing;

import org.jspecify.annotations.NullMarked;

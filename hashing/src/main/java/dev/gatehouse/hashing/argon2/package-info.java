/// Argon2: the contract, its parameters, and the implementation in Java.
@NullMarked
package dev.gatehouse.hashing.argon2;

import org.jspecify.annotations.NullMarked;

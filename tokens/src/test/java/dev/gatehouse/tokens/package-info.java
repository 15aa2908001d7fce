@NullMarked
package dev.gatehouse.tokens;

import org.jspecify.annotations.NullMarked;

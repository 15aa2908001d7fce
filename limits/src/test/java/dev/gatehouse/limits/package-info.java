@NullMarked
package dev.gatehouse.limits;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.gatehouse.api;

import org.jspecify.annotations.NullMarked;

/// The whole program, started as its own process and used over HTTP from outside.
@NullMarked
package dev.gatehouse.app.system;

import org.jspecify.annotations.NullMarked;

/// The whole program, started as a process of its own and used over HTTP from outside.
@NullMarked
package dev.gatehouse.app.system;

import org.jspecify.annotations.NullMarked;

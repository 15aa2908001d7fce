/// A whole cluster on one machine, to play with.
@NullMarked
package dev.gatehouse.app.demo;

import org.jspecify.annotations.NullMarked;

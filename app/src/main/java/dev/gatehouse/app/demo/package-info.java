/// A whole cluster on one machine, for trying out.
@NullMarked
package dev.gatehouse.app.demo;

import org.jspecify.annotations.NullMarked;

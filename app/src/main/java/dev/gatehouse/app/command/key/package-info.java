/// `gatehouse keys`.
@NullMarked
package dev.gatehouse.app.command.key;

import org.jspecify.annotations.NullMarked;

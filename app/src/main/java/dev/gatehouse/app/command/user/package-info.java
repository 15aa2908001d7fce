/// `gatehouse users`.
@NullMarked
package dev.gatehouse.app.command.user;

import org.jspecify.annotations.NullMarked;

/// The commands of `gatehouse database`.
@NullMarked
package dev.gatehouse.app.command.database;

import org.jspecify.annotations.NullMarked;

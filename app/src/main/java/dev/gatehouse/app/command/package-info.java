/// The operator's commands, one class each. Exit status: 0 done, 1 failed, 2 wrong usage or
/// configuration.
@NullMarked
package dev.gatehouse.app.command;

import org.jspecify.annotations.NullMarked;

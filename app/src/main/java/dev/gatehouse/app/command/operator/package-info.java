/// What all commands share: options, configuration, error reports and progress.
@NullMarked
package dev.gatehouse.app.command.operator;

import org.jspecify.annotations.NullMarked;

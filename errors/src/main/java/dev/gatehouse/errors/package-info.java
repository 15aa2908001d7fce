/// The sealed family of errors, each with a stable code that clients rely on.
package dev.gatehouse.errors;

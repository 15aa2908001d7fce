/// Identifiers and how they are made.
package dev.gatehouse.accounts.id;

/// Passwords, their hashes, and the contract of what hashes and verifies them.
package dev.gatehouse.accounts.password;

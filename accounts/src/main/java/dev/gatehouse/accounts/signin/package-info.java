/// Signing in and refreshing a session.
package dev.gatehouse.accounts.signin;

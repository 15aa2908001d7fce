/// Users: values, the store, and reading one user.
package dev.gatehouse.accounts.user;

/// Access tokens and the keys that sign them: contracts and introspection.
package dev.gatehouse.accounts.token;

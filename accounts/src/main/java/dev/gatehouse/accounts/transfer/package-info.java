/// Import and export of users.
package dev.gatehouse.accounts.transfer;

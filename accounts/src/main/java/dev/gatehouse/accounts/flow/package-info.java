/// Flows: attempts of one person to prove one thing by a code or a link from a mail.
package dev.gatehouse.accounts.flow;

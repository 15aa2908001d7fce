package dev.gatehouse.postgres.transfer;

import dev.gatehouse.accounts.transfer.Reject;
import dev.gatehouse.errors.FieldError;
import java.util.ArrayList;
import java.util.List;

/// Rejected lines as one array of text: line, field, code and message of each fault alternating.
final class RejectCodec {
  private static final int PARTS = 4;

  private RejectCodec() {}

  static String[] write(List<Reject> rejects) {
    var parts = new ArrayList<String>();
    for (Reject reject : rejects) {
      for (FieldError fault : reject.faults()) {
        parts.add(Long.toString(reject.line()));
        parts.add(fault.field());
        parts.add(fault.code());
        parts.add(fault.message());
      }
    }
    return parts.toArray(String[]::new);
  }

  static List<Reject> read(String[] parts) {
    var rejects = new ArrayList<Reject>();
    var faults = new ArrayList<FieldError>();
    for (int place = 0; place < parts.length; place += PARTS) {
      faults.add(new FieldError(parts[place + 1], parts[place + 2], parts[place + 3]));
      boolean last = place + PARTS == parts.length;
      if (last || !parts[place].equals(parts[place + PARTS])) {
        rejects.add(new Reject(Long.parseLong(parts[place]), faults));
        faults.clear();
      }
    }
    return rejects;
  }
}

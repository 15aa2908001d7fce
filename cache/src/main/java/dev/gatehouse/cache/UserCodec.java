package dev.gatehouse.cache;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.InvalidFields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The encoding of a user, about 120 bytes: a byte for the format, the fields in order, a checksum.
/// Entries of another format and damaged ones are rejected, so that the caller reads the database.
final class UserCodec {
  /// The number of fields of the profile: a release that knows more of them must not read entries
  /// that lack one.
  private static final byte FORMAT = (byte) Field.values().length;

  private static final int ACTIVE = 1;
  private static final int VERIFIED = 2;

  /// The flag of the first field of the profile; each further field has the next bit of the byte.
  private static final int FIRST_FIELD = 4;

  private static final int KNOWN_FLAGS = (FIRST_FIELD << Field.values().length) - 1;

  private UserCodec() {}

  static byte[] encode(User user) {
    var bytes = new ByteArrayOutputStream(160);
    try (var out = new DataOutputStream(bytes)) {
      write(user, out);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// @throws IllegalArgumentException when it is not a complete user in this format
  static User decode(byte[] encoded) {
    int length = encoded.length - Integer.BYTES;
    if (length < 1 || encoded[0] != FORMAT) {
      throw new IllegalArgumentException("not a user in this format");
    }
    if (ByteBuffer.wrap(encoded).getInt(length) != checksum(encoded, length)) {
      throw new IllegalArgumentException("a damaged user");
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(encoded, 1, length - 1))) {
      User user = read(in);
      if (in.available() > 0) {
        throw new IllegalArgumentException("more than a user");
      }
      return user;
    } catch (IOException | DateTimeException | InvalidFields wrong) {
      throw new IllegalArgumentException("not a user", wrong);
    }
  }

  private static void write(User user, DataOutputStream out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(user.id().value().getMostSignificantBits());
    out.writeLong(user.id().value().getLeastSignificantBits());
    out.writeByte(flags(user));
    out.writeLong(user.version());
    writeMoment(user.createdAt(), out);
    writeMoment(user.updatedAt(), out);
    out.writeUTF(user.email().value());
    out.writeUTF(user.email().canonical());
    for (Field field : Field.values()) {
      Optional<String> text = user.profile().text(field);
      if (text.isPresent()) {
        out.writeUTF(text.get());
      }
    }
    out.writeByte(user.roles().size());
    for (Role role : user.roles()) {
      out.writeUTF(role.name());
    }
  }

  private static User read(DataInputStream in) throws IOException {
    var id = new UserId(new UUID(in.readLong(), in.readLong()));
    int flags = in.readUnsignedByte();
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new IllegalArgumentException("unknown flags");
    }
    long version = in.readLong();
    Instant createdAt = readMoment(in);
    Instant updatedAt = readMoment(in);
    var email = EmailAddress.stored(in.readUTF(), in.readUTF());
    Profile profile =
        Profile.stored(
            field -> has(flags, flag(field)) ? Optional.of(in.readUTF()) : Optional.empty());
    UserStatus status = has(flags, ACTIVE) ? UserStatus.ACTIVE : UserStatus.DISABLED;
    return new User(
        id, email, profile, has(flags, VERIFIED), status, roles(in), createdAt, updatedAt, version);
  }

  private static Set<Role> roles(DataInputStream in) throws IOException {
    int count = in.readUnsignedByte();
    var roles = new HashSet<Role>();
    for (int i = 0; i < count; i++) {
      roles.add(new Role(in.readUTF()));
    }
    return roles;
  }

  private static int flags(User user) {
    int flags = (user.active() ? ACTIVE : 0) | (user.emailVerified() ? VERIFIED : 0);
    for (Field field : Field.values()) {
      flags |= user.profile().text(field).isPresent() ? flag(field) : 0;
    }
    return flags;
  }

  /// Fields are only ever appended, and [#FORMAT] tells the number of them.
  @SuppressWarnings("EnumOrdinal")
  private static int flag(Field field) {
    return FIRST_FIELD << field.ordinal();
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private static void writeMoment(Instant moment, DataOutputStream out) throws IOException {
    out.writeLong(moment.getEpochSecond());
    out.writeInt(moment.getNano());
  }

  private static Instant readMoment(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static int checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}

package dev.gatehouse.hashing.sodium;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/// The file of a 64-bit shared library (ELF, System V ABI), as far as needed to find the slots
/// through which it calls functions of other libraries. Addresses are relative to the load address.
final class ElfImage {
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1};
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_GNU_RELRO = 0x6474e552;
  private static final int DT_PLTRELSZ = 2;
  private static final int DT_STRTAB = 5;
  private static final int DT_SYMTAB = 6;
  private static final int DT_JMPREL = 23;
  private static final int DYNAMIC_ENTRY_BYTES = 16;
  private static final int SYMBOL_BYTES = 24;
  private static final int RELOCATION_BYTES = 24;

  private final ByteBuffer file;

  /// @throws IllegalArgumentException when the file is not such a library
  ElfImage(byte[] image) {
    if (image.length < 64 || !Arrays.equals(image, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException("not a little-endian ELF file of 64 bits");
    }
    file = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The slot with the address of an imported function.
  OptionalLong slot(String name) {
    int symbols = dynamic(DT_SYMTAB);
    int names = dynamic(DT_STRTAB);
    int first = dynamic(DT_JMPREL);
    int end = first + Math.toIntExact(tag(DT_PLTRELSZ));
    for (int at = first; at < end; at += RELOCATION_BYTES) {
      int symbol = file.getInt(at + 12);
      if (name.equals(text(names + file.getInt(symbols + symbol * SYMBOL_BYTES)))) {
        return OptionalLong.of(file.getLong(at));
      }
    }
    return OptionalLong.empty();
  }

  /// Whether the loader write-protects an address after relocation (RELRO).
  boolean isSealed(long place, long pageBytes) {
    int header = header(PT_GNU_RELRO, 0, Long.MAX_VALUE);
    if (header < 0) {
      return false;
    }
    long start = file.getLong(header + 16);
    long end = start + file.getLong(header + 40);
    return place >= start - start % pageBytes && place < end - end % pageBytes;
  }

  private int dynamic(int wanted) {
    return offset(tag(wanted));
  }

  private long tag(int wanted) {
    int header = header(PT_DYNAMIC, 0, Long.MAX_VALUE);
    if (header < 0) {
      throw new IllegalArgumentException("not a shared library");
    }
    int first = Math.toIntExact(file.getLong(header + 8));
    int end = first + Math.toIntExact(file.getLong(header + 32));
    for (int at = first; at < end; at += DYNAMIC_ENTRY_BYTES) {
      if (file.getLong(at) == wanted) {
        return file.getLong(at + 8);
      }
    }
    throw new IllegalArgumentException("without the dynamic entry " + wanted);
  }

  /// The file offset of an address.
  private int offset(long place) {
    int header = header(PT_LOAD, place, place);
    if (header < 0) {
      throw new IllegalArgumentException("a table lies outside of what is loaded");
    }
    return Math.toIntExact(file.getLong(header + 8) + place - file.getLong(header + 16));
  }

  /// The first program header of a type that overlaps a range.
  private int header(int type, long from, long to) {
    int first = Math.toIntExact(file.getLong(32));
    int count = Short.toUnsignedInt(file.getShort(56));
    for (int index = 0; index < count; index++) {
      int at = first + index * PROGRAM_HEADER_BYTES;
      long start = file.getLong(at + 16);
      if (file.getInt(at) == type && start <= to && from < start + file.getLong(at + 32)) {
        return at;
      }
    }
    return -1;
  }

  private String text(int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), at, end - at, US_ASCII);
  }
}
